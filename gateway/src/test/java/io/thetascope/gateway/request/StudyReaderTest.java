package io.thetascope.gateway.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thetascope.contracts.study.PretrainedChoice;
import io.thetascope.contracts.study.StudySpec;
import io.thetascope.gateway.testing.Samples;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StudyReaderTest {
    private final Problems problems = new Problems();

    private Optional<StudySpec> read(String yaml) {
        ObjectNode tree = StudyDocument.yaml(yaml.getBytes(StandardCharsets.UTF_8));
        return new StudyReader(Samples.VOCABULARY).read(new Presets().expand(tree, problems), problems);
    }

    private List<String> fields() {
        return problems.list().stream().map(Problem::field).toList();
    }

    @Test
    void completesWhatIsLeftOut() {
        StudySpec spec = read("{networks: [lenet], datasets: [mnist]}").orElseThrow();
        assertThat(spec.epochs()).isEqualTo(20);
        assertThat(spec.train().batch()).isEqualTo(128);
        assertThat(spec.gates()).containsEntry("mnist", 0.95);
    }

    @Test
    void namesEveryProblemAtOnce() {
        assertThat(read("""
                networks: [lenet, alexnet]
                datasets: [mnist]
                initializations: [imagenet]
                inputSize: 225
                optimizers: [sgd, sgd]
                seeds: [1, -1, 1.5, x]
                epochs: -3
                train: {batch: 0, limit: 1, colour: 2}
                perturbations: [gaussian, {kind: epsilon, value: lots, scope: [conv1]}]
                twins: [other]
                comparisons: some
                gates: {mnist: 95}
                pretrained: [{network: resnet18, dataset: imagenet, from: r0123}, {colour: 1}]
                """)).isEmpty();
        assertThat(fields())
                .containsExactlyInAnyOrder(
                        "networks[1]",
                        "initializations[0]",
                        "inputSize",
                        "pretrained[0].dataset",
                        "pretrained[0].from",
                        "pretrained[1].network",
                        "pretrained[1].from",
                        "pretrained[1].colour",
                        "optimizers[1]",
                        "seeds[1]",
                        "seeds[2]",
                        "seeds[3]",
                        "epochs",
                        "train.batch",
                        "train.limit",
                        "train.colour",
                        "perturbations[0]",
                        "perturbations[1].value",
                        "perturbations[1].scope",
                        "twins[0]",
                        "comparisons",
                        "gates.mnist");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1000000000", "10001", "0", "-1", "1e3", "\"5\"", "99999999999999999999", "[5]", "true"})
    void refusesEpochsThatCannotBe(String epochs) {
        assertThat(read("{networks: [lenet], datasets: [mnist], epochs: " + epochs + "}"))
                .isEmpty();
        assertThat(problems.list()).singleElement().satisfies(p -> {
            assertThat(p.field()).isEqualTo("epochs");
            assertThat(p.remedy()).contains("10000");
        });
    }

    @Test
    void takesNumbersThatYamlReadsAsText() {
        StudySpec spec = read("{networks: [lenet], datasets: [mnist], perturbations: [{kind: epsilon, value: 1e-5}]}")
                .orElseThrow();
        assertThat(spec.perturbations().get(0).value()).isEqualTo(1e-5);
    }

    @Test
    void keysBesideAPresetWinWithinObjectsToo() {
        StudySpec spec = read("{preset: quick, name: mine, seeds: [7], train: {batch: 64}}")
                .orElseThrow();
        assertThat(spec.name()).isEqualTo("mine");
        assertThat(spec.seeds()).containsExactly(7L);
        assertThat(spec.train().batch()).isEqualTo(64);
        assertThat(spec.train().limit()).isEqualTo(4_000);
    }

    @Test
    void asksForNetworksAndDatasets() {
        assertThat(read("{epochs: 3}")).isEmpty();
        assertThat(fields()).containsExactly("networks", "datasets");
    }

    @Test
    void readsWherePretrainedWeightsComeFrom() {
        String digest = "0a".repeat(32);
        StudySpec spec = read("{networks: [vgg19], datasets: [mnist], initializations: [pretrained], pretrained:"
                        + " [{network: vgg19, from: " + digest + "}, {network: vgg19, dataset: mnist, from:"
                        + " \"run:r0123456789abcdef0123\"}]}")
                .orElseThrow();
        assertThat(spec.pretrained())
                .containsExactly(
                        new PretrainedChoice("vgg19", null, digest),
                        new PretrainedChoice("vgg19", "mnist", "run:r0123456789abcdef0123"));
    }

    @Test
    void parentsTakeThePlaceOfAGrid() {
        assertThat(read("{networks: [lenet], parents: [r0123], perturbations: [sign-flip]}"))
                .isEmpty();
        assertThat(fields()).containsExactly("networks", "parents[0]");
    }

    @Test
    void someGatesLeaveTheOthersAtTheirDefaults() {
        StudySpec spec = read("{networks: [lenet], datasets: [mnist], gates: {mnist: 0.5}}")
                .orElseThrow();
        assertThat(spec.gates())
                .containsEntry("mnist", 0.5)
                .containsEntry("cifar10", 0.5)
                .containsKey("fashion-mnist");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"epochs\":", "[1]", "", "{\"epochs\":1,\"epochs\":2}", "{} {}", "nonsense"})
    void refusesWhatIsNoJsonObject(String text) {
        assertThatThrownBy(() -> StudyDocument.json(text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(RefusedRequestException.class)
                .hasMessageContaining("JSON");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a: [", "- 1", "x", "a: 1\na: 2", "!!java.net.URL [x]"})
    void refusesWhatIsNoYamlMapping(String text) {
        assertThatThrownBy(() -> StudyDocument.yaml(text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(RefusedRequestException.class)
                .hasMessageContaining("YAML");
    }

    @Test
    void unknownPresetIsNamed() {
        assertThat(read("{preset: fast}")).isEmpty();
        assertThat(fields()).contains("preset");
    }
}
