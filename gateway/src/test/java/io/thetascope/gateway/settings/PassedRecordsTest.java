package io.thetascope.gateway.settings;

import static io.thetascope.gateway.testing.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.thetascope.gateway.projection.FactPosition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PassedRecordsTest {
    private static final FactPosition POSITION = new FactPosition("thetascope.runs.v1", 0, 7, NOON);
    private static final Duration MILLI = Duration.ofMillis(1);

    private final List<FactPosition> noted = new ArrayList<>();
    private int failures = 3;

    private void note(FactPosition position) {
        if (failures-- > 0) {
            throw new IllegalStateException("the database is busy");
        }
        noted.add(position);
    }

    @Test
    void waitsUntilTheDatabaseIsThereAgain() {
        try (PassedRecords passed = new PassedRecords(this::note, MILLI, MILLI)) {
            passed.pass(POSITION);
            assertThat(noted).containsExactly(POSITION);
            assertThat(passed.paused()).isEmpty();
        }
    }

    @Test
    void closingEndsTheWait() {
        PassedRecords passed = new PassedRecords(this::note, Duration.ofHours(1), Duration.ofHours(1));
        passed.close();
        assertThatIllegalStateException().isThrownBy(() -> passed.pass(POSITION));
        assertThat(passed.paused()).isPresent();
        assertThat(noted).isEmpty();
    }
}
