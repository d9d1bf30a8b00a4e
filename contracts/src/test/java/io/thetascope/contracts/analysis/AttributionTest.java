package io.thetascope.contracts.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thetascope.contracts.json.Json;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class AttributionTest {
    @Test
    void refusesCausesThatDoNotAddUpToTheUnchanged() {
        assertThatThrownBy(() -> new Attribution(true, 11, 4, 3, 2, 1, 0, 4, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("4 + 3 + 2 + 1 + 0 is not 11");
    }

    @Test
    void refusesGeometryDeadParametersThatNeitherChangedNorStayed() {
        assertThatThrownBy(() -> new Attribution(true, 10, 4, 3, 2, 1, 0, 6, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("4 + 1 is not 6");
    }

    @Test
    void refusesNegativeCounts() {
        assertThatThrownBy(() -> new Attribution(true, 0, 1, -1, 0, 0, 0, 1, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("dataDead -1");
    }

    @Test
    void isAbsentFromResultsOfTheFirstVersion() {
        // Given what the first version stored
        String first = "{\"fromStep\":0,\"toStep\":2,\"parameters\":1,\"distance\":1.0,\"distanceFromStart\":1.0,"
                + "\"norm\":1.0,\"startNorm\":0.0,\"changed\":{\"0\":1.0},\"layers\":[]}";

        // When
        MovementResult read = Json.read(first.getBytes(StandardCharsets.UTF_8), MovementResult.class);

        // Then
        assertThat(read.attribution()).isNull();
    }
}
