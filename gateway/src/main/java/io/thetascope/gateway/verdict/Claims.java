package io.thetascope.gateway.verdict;

import java.util.List;
import java.util.stream.Stream;

/** The ten claims of the deck, in the order of MEASURES §9. */
final class Claims {
    private static final List<Claim> ALL = Stream.of(
                    RunClaims.all(), OptimizerClaims.all(), RetrainingClaims.all(), PairClaims.all())
            .flatMap(List::stream)
            .toList();

    private Claims() {}

    static List<Claim> all() {
        return ALL;
    }
}
