package io.thetascope.gateway.metrics;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The last answer to a question that is asked every so often, so that nobody who scrapes waits for a database. An answer that
 * has grown old, because asking fails or hangs, is none: a number that is missing is better than one that is wrong.
 */
final class Sampled<T> {
    private static final int PERIODS = 3;

    private final Supplier<T> question;
    private final Duration period;
    private final LongSupplier nanoTime;
    private volatile @Nullable Answer<T> last;

    /**
     * Asks nothing yet.
     *
     * @param period after which it is asked again; an answer is good for three of them
     * @param nanoTime a clock that only goes forward
     */
    Sampled(Supplier<T> question, Duration period, LongSupplier nanoTime) {
        this.question = question;
        this.period = period;
        this.nanoTime = nanoTime;
    }

    private record Answer<T>(T value, long at) {}

    Duration period() {
        return period;
    }

    /** Asks; what it throws leaves the last answer to grow old. */
    void ask() {
        last = new Answer<>(question.get(), nanoTime.getAsLong());
    }

    /** Reads a number from the last answer; NaN when there is none that is good. */
    double number(ToDoubleFunction<T> number) {
        Answer<T> answer = last;
        if (answer == null
                || nanoTime.getAsLong() - answer.at
                        > period.multipliedBy(PERIODS).toNanos()) {
            return Double.NaN;
        }
        return number.applyAsDouble(answer.value);
    }
}
