package io.thetascope.gateway.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thetascope.contracts.run.Perturbation;
import io.thetascope.contracts.study.StudySpec;
import io.thetascope.gateway.testing.Samples;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PerturbationReaderTest {
    private final Problems problems = new Problems();

    private Optional<StudySpec> read(String perturbations) {
        String yaml = "{networks: [lenet], datasets: [mnist], perturbations: [" + perturbations + "]}";
        return new StudyReader(Samples.VOCABULARY)
                .read(StudyDocument.yaml(yaml.getBytes(StandardCharsets.UTF_8)), problems);
    }

    @Test
    void readsEveryKindByNameOrInFull() {
        List<Perturbation> read =
                read("sign-flip, epsilon, random-signs, ulp, {kind: epsilon, value: 1e-3, scope: conv1},"
                                + " {kind: random-signs, value: 1e-6, seed: 9007199254740991}, {kind: gaussian, value: 2},"
                                + " {kind: gaussian, scope: live, seed: 0, matching: sign-flip},"
                                + " {kind: gaussian, matching: {kind: random-signs, value: 0.5, seed: 4}}")
                        .orElseThrow()
                        .perturbations();
        assertThat(read)
                .containsExactly(
                        Perturbation.signFlip(),
                        Perturbation.epsilon(1e-6),
                        new Perturbation("random-signs", null, "all", 1L, null),
                        new Perturbation("ulp", null, "all", 1L, null),
                        new Perturbation("epsilon", 1e-3, "conv1", null, null),
                        new Perturbation("random-signs", 1e-6, "all", 9007199254740991L, null),
                        new Perturbation("gaussian", 2.0, "all", 1L, null),
                        new Perturbation(
                                "gaussian", null, "live", 0L, new Perturbation("sign-flip", null, "live", null, null)),
                        new Perturbation(
                                "gaussian", null, "all", 1L, new Perturbation("random-signs", 0.5, "all", 4L, null)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    3                                                      | [0]                | a name, or {kind, value
                    shuffle                                                | [0]                | one of [sign-flip, epsilon, random-signs, gaussian, ulp]
                    {kind: shuffle}                                        | [0].kind           | one of [sign-flip
                    {value: 1}                                             | [0].kind           | one of [sign-flip
                    {kind: epsilon, size: 1}                               | [0].size           | no such key
                    {kind: epsilon, value: NaN}                            | [0].value          | a number of size up to 1e6
                    {kind: epsilon, value: -Infinity}                      | [0].value          | a number of size up to 1e6
                    {kind: epsilon, value: 1e400}                          | [0].value          | a number of size up to 1e6
                    {kind: random-signs, value: NaN}                       | [0].value          | a number from 0 to 1e6
                    {kind: sign-flip, value: 1}                            | [0].value          | leave it out; sign-flip takes none
                    {kind: ulp, value: 1}                                  | [0].value          | leave it out; ulp takes none
                    gaussian                                               | [0]                | matching: sign-flip
                    {kind: gaussian}                                       | [0].value          | matching: sign-flip
                    {kind: gaussian, value: -1}                            | [0].value          | a number from 0 to 1e6
                    {kind: random-signs, value: -1}                        | [0].value          | a number from 0 to 1e6
                    {kind: sign-flip, seed: 1}                             | [0].seed           | leave it out; sign-flip draws nothing
                    {kind: epsilon, seed: 1}                               | [0].seed           | leave it out; epsilon draws nothing
                    {kind: ulp, seed: -1}                                  | [0].seed           | from 0 to 9007199254740991
                    {kind: ulp, seed: 9007199254740992}                    | [0].seed           | from 0 to 9007199254740991
                    {kind: ulp, seed: 1.5}                                 | [0].seed           | from 0 to 9007199254740991
                    {kind: sign-flip, scope: 3}                            | [0].scope          | the name of a layer
                    {kind: ulp, matching: sign-flip}                       | [0].matching       | only gaussian
                    {kind: gaussian, value: 1, matching: ulp}              | [0].matching       | leave out value
                    {kind: gaussian, matching: gaussian}                   | [0].matching       | one of [sign-flip, epsilon, random-signs, ulp]
                    {kind: gaussian, matching: {kind: gaussian, value: 1}} | [0].matching.kind  | one of [sign-flip, epsilon, random-signs, ulp]
                    {kind: gaussian, matching: {kind: epsilon, value: NaN}} | [0].matching.value | a number of size up to 1e6
                    {kind: gaussian, matching: {kind: ulp, scope: conv1}}  | [0].matching.scope | norms are compared on one scope, all
                    {kind: gaussian, matching: {kind: ulp, matching: ulp}} | [0].matching.matching | no such key
                    """)
    void refusesWithARemedy(String item, String field, String remedy) {
        assertThat(read(item)).isEmpty();
        assertThat(problems.list()).singleElement().satisfies(problem -> {
            assertThat(problem.field()).isEqualTo("perturbations" + field);
            assertThat(problem.remedy()).contains(remedy);
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    epsilon, {kind: epsilon, value: 1e-6}
                    {kind: epsilon, value: 1e-3}, {kind: epsilon, value: 0.001, scope: all}
                    sign-flip, {kind: sign-flip, scope: all}
                    ulp, {kind: ulp, seed: 1}
                    {kind: gaussian, matching: ulp}, {kind: gaussian, matching: {kind: ulp, seed: 1}}
                    """)
    void refusesTwoThatMeanTheSame(String both) {
        assertThat(read(both)).isEmpty();
        assertThat(problems.list()).singleElement().satisfies(problem -> {
            assertThat(problem.field()).isEqualTo("perturbations[1]");
            assertThat(problem.remedy()).isEqualTo("write it once; it means the same as perturbations[0]");
        });
    }

    /** YAML's own words for what is no number end the reading, so this alone is said; all other problems come at once. */
    @ParameterizedTest
    @ValueSource(strings = {".nan", ".inf", "-.inf"})
    void refusesTheDocumentWithTheWordThatIsNoNumber(String value) {
        assertThatThrownBy(() -> read("{kind: epsilon, value: " + value + "}"))
                .isInstanceOf(RefusedRequestException.class)
                .hasMessageContaining("'" + value + "' (line 1, column");
    }

    @Test
    void namesEveryProblemOfOnePerturbation() {
        read("{kind: sign-flip, value: NaN, seed: -1, scope: 3, matching: ulp, colour: red}");
        assertThat(problems.list())
                .extracting(Problem::field)
                .containsExactlyInAnyOrder(
                        "perturbations[0].value",
                        "perturbations[0].seed",
                        "perturbations[0].scope",
                        "perturbations[0].matching",
                        "perturbations[0].colour");
    }
}
