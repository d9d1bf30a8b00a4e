package io.thetascope.jobqueue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class IdlenessTest {
    private static final Duration LIMIT = Duration.ofMinutes(5);

    // a forward clock may stand anywhere, and wrap
    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1);
    private final Idleness idleness = new Idleness(clock::get);

    @Test
    void countsFromTheStart() {
        pass(LIMIT.minusNanos(1));
        assertThat(idleness.lasts(LIMIT)).isFalse();
        pass(Duration.ofNanos(1));
        assertThat(idleness.lasts(LIMIT)).isTrue();
    }

    @Test
    void countsAnewFromTheEndOfAJobHoweverLongItTook() {
        pass(LIMIT.multipliedBy(100));
        idleness.restart();
        assertThat(idleness.lasts(LIMIT)).isFalse();
        pass(LIMIT);
        assertThat(idleness.lasts(LIMIT)).isTrue();
    }

    private void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }
}
