package io.thetascope.gateway.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressTest {
    @Test
    void estimatesFromWhatWasGainedSinceTheStudyCame() {
        assertThat(new Progress(60, 100).etaSeconds(0.2, Duration.ofSeconds(40)))
                .hasValue(40);
    }

    @Test
    void estimatesNothingFromTheFirstCrumbs() {
        // an analysis of a starting point, after the wait for a trainer and the first images
        assertThat(new Progress(0.1, 322).etaSeconds(0, Duration.ofSeconds(15))).isEmpty();
        assertThat(new Progress(0, 322).etaSeconds(0, Duration.ofSeconds(15))).isEmpty();
    }
}
