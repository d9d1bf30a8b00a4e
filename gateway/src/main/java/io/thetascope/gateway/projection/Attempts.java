package io.thetascope.gateway.projection;

import io.thetascope.contracts.identity.Attempt;
import java.util.Comparator;

/** The order of a run's attempts: by record, then by delivery; its starting point comes before all. */
final class Attempts {
    static final Comparator<Attempt> ORDER =
            Comparator.comparingLong(Attempts::offset).thenComparingLong(Attempts::delivery);

    private Attempts() {}

    private static long offset(Attempt attempt) {
        return attempt.equals(Attempt.START)
                ? -1
                : Long.parseLong(attempt.value().substring(0, attempt.value().indexOf('-')));
    }

    private static long delivery(Attempt attempt) {
        return attempt.equals(Attempt.START)
                ? 0
                : Long.parseLong(attempt.value().substring(attempt.value().indexOf('-') + 1));
    }
}
