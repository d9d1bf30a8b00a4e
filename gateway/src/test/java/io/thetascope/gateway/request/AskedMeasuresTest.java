package io.thetascope.gateway.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AskedMeasuresTest {
    private static AskedMeasures read(String json, Problems problems) {
        return AskedMeasures.read(json.getBytes(StandardCharsets.UTF_8), problems);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"measures\": null}", "{\"measures\": []}", "{\"measures\": \"order\"}"})
    void measuresThatAreNoListAreAnsweredWithThoseThatThereAre(String json) {
        Problems problems = new Problems();
        assertThat(read(json, problems).measures()).isEmpty();
        assertThatThrownBy(problems::refuseIfAny)
                .isInstanceOfSatisfying(
                        RefusedRequestException.class,
                        refused -> assertThat(refused.problems())
                                .singleElement()
                                .satisfies(problem -> {
                                    assertThat(problem.field()).isEqualTo("measures");
                                    assertThat(problem.remedy())
                                            .contains("a list of at least one of", "order-agreement");
                                }));
    }

    @Test
    void whatIsNoObjectIsAnsweredWithAnExampleOfMeasuresNotOfAStudy() {
        assertThatThrownBy(() -> read("[]", new Problems()))
                .isInstanceOfSatisfying(
                        RefusedRequestException.class,
                        refused -> assertThat(refused.problems())
                                .singleElement()
                                .satisfies(problem -> assertThat(problem.remedy())
                                        .contains("\"measures\"")
                                        .doesNotContain("preset")));
    }
}
