package io.thetascope.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thetascope.contracts.identity.Step;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
    @Test
    void aStepIsPlainDigits() {
        assertThat(Names.step("400")).isEqualTo(new Step(400));
        assertThat(Names.step("00000400")).isEqualTo(new Step(400));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "+5", "٣", "３", "1_0", "5 ", "../5", "5/..", "100000000", "99999999999999999999"})
    void whatIsNoStepNamesNothing(String text) {
        assertThatThrownBy(() -> Names.step(text)).isInstanceOf(NothingThereException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "..",
                "../s00000000000000000000",
                "s00000000000000000000/..",
                "s00000000000000000000\n",
                "s0000000000000000000０",
                "S00000000000000000000",
                "s0000000000000000000A"
            })
    void whatIsNoIdNamesNothing(String text) {
        List<Function<String, Object>> readers = List.of(
                Names::study, id -> Names.run(id.replace('s', 'r')), id -> Names.analysis(id.replace('s', 'a')));
        assertThat(readers)
                .allSatisfy(reader ->
                        assertThatThrownBy(() -> reader.apply(text)).isInstanceOf(NothingThereException.class));
    }
}
