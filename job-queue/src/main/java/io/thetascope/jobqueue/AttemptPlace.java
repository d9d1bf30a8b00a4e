package io.thetascope.jobqueue;

import io.thetascope.contracts.identity.Attempt;

/**
 * The parts of an attempt's name, for telling records and deliveries apart.
 *
 * @param offset of the record
 * @param delivery how often it had been delivered
 */
record AttemptPlace(long offset, int delivery) {
    static AttemptPlace of(Attempt attempt) {
        int dash = attempt.value().indexOf('-');
        if (dash < 0) {
            return new AttemptPlace(Delivery.NO_OFFSET, 0); // a starting point, from before the first job
        }
        return new AttemptPlace(
                Long.parseLong(attempt.value().substring(0, dash)),
                Integer.parseInt(attempt.value().substring(dash + 1)));
    }
}
