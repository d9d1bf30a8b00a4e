package io.thetascope.gateway.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SampledTest {
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger answer = new AtomicInteger(7);
    private final Sampled<Integer> sampled = new Sampled<>(this::answer, Duration.ofSeconds(5), nanos::get);

    private int answer() {
        if (answer.get() < 0) {
            throw new IllegalStateException("the database is away");
        }
        return answer.get();
    }

    @Test
    void saysNothingBeforeItHasAsked() {
        assertThat(number()).isNaN();
        sampled.ask();
        assertThat(number()).isEqualTo(7);
    }

    @Test
    void anOldNumberIsNoNumber() {
        sampled.ask();
        answer.set(-1);
        assertThatIllegalStateException().isThrownBy(sampled::ask);
        nanos.set(Duration.ofSeconds(15).toNanos());
        assertThat(number()).isEqualTo(7);
        nanos.incrementAndGet();
        assertThat(number()).isNaN();
    }

    private double number() {
        return sampled.number(Integer::doubleValue);
    }
}
