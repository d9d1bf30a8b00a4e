package io.thetascope.gateway.verdict;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The claims about every pair of base runs with one network and data set. */
final class PairClaims {
    private static final String GATED = "both runs of a pair";

    private PairClaims() {}

    static List<Claim> all() {
        return List.of(sameFeatures(), sameOrder());
    }

    private static Claim sameFeatures() {
        Threshold net = new Threshold("net matched correlation", Relation.ABOVE, 0.5);
        return new Claim(
                9,
                "Models learn the same features, whatever the initialisation and optimizer",
                "matched correlation of the penultimate features of two runs, net of its null",
                "pair of base runs whose features were to be compared",
                GATED,
                List.of(net),
                List.of(),
                false,
                evidence -> samples(evidence, Evidence::features, net));
    }

    private static Claim sameOrder() {
        Threshold classes = new Threshold("τ-b of the onsets of classes", Relation.ABOVE, 0.5);
        Threshold blocks = new Threshold("τ-b of the t½ of blocks", Relation.ABOVE, 0.5);
        return new Claim(
                10,
                "Models learn in the same order, whatever the initialisation and optimizer",
                "Kendall's τ-b of two runs, over the onsets of classes and over the t½ of blocks",
                "pair of base runs whose order of learning was to be compared",
                GATED,
                List.of(classes, blocks),
                List.of(),
                false,
                evidence -> Sample.both(
                        samples(evidence, Evidence::classes, classes), samples(evidence, Evidence::blocks, blocks)));
    }

    private static List<Sample> samples(
            Evidence evidence, Function<Evidence, List<Meeting>> measure, Threshold threshold) {
        return Sample.byCell(
                measure.apply(evidence).stream().flatMap(meeting -> Pair.of(evidence, meeting).stream()),
                Pair::cell,
                threshold,
                Pair::observed);
    }

    /**
     * Two base runs that were held against each other.
     *
     * @param left one
     * @param right the other
     * @param meeting what came of it
     */
    private record Pair(Trial left, Trial right, Meeting meeting) {
        static Optional<Pair> of(Evidence evidence, Meeting meeting) {
            return evidence.base(meeting.left())
                    .flatMap(left -> evidence.base(meeting.right()).map(right -> new Pair(left, right, meeting)));
        }

        String cell() {
            return left.factors().where() + ": "
                    + Stream.of(left, right)
                            .map(trial -> trial.factors().recipe())
                            .sorted()
                            .collect(Collectors.joining(" with "));
        }

        Observation observed() {
            return new Observation(
                    List.of(left.factors().seed(), right.factors().seed()),
                    Worth.least(left.worth(), right.worth()),
                    meeting.value(),
                    meeting.absent(),
                    List.of(left.runId(), right.runId()));
        }
    }
}
