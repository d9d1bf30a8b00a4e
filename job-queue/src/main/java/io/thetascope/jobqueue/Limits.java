package io.thetascope.jobqueue;

import java.time.Duration;

/**
 * When a worker lets go.
 *
 * @param lock how long a record stays locked, and an owner is believed, without renewal
 * @param deliveries after which the broker archives a record, whatever the cause; Kafka's {@code
 *     group.share.delivery.count.limit}
 * @param failures without progress after which a job is given up
 */
public record Limits(Duration lock, int deliveries, int failures) {
    /** A lock of 30 s, five deliveries, five failures. */
    public static final Limits DEFAULTS = new Limits(Duration.ofSeconds(30), 5, 5);

    public Limits {
        if (lock.isNegative() || lock.isZero() || deliveries < 2 || failures < 1) {
            throw new IllegalArgumentException("a lock above zero, at least 2 deliveries and 1 failure: " + lock + ", "
                    + deliveries + ", " + failures);
        }
    }
}
