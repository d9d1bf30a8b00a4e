package io.thetascope.gateway.verdict;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Two trainings where they fitted their images equally well. A larger learning rate also gets further; what is left at an
 * equal training loss is not explained by that. The loss is the larger of the two final ones; each run gives the checkpoint
 * whose loss is nearest to it.
 */
final class MatchedLoss {
    /** Losses further apart than this share of the larger one are not matched. */
    static final double TOLERANCE = 0.25;

    private MatchedLoss() {}

    /** Returns mean ρ of the second less that of the first; nothing where no two checkpoints have a like loss. */
    static Optional<Double> difference(Figures first, Figures second) {
        if (first.moments().isEmpty() || second.moments().isEmpty()) {
            return Optional.empty();
        }
        double loss = Math.max(finalLoss(first.moments()), finalLoss(second.moments()));
        Moment one = nearest(first.moments(), loss);
        Moment other = nearest(second.moments(), loss);
        double apart = Math.abs(one.trainLoss() - other.trainLoss());
        return apart > TOLERANCE * Math.max(one.trainLoss(), other.trainLoss())
                ? Optional.empty()
                : Optional.of(other.meanCorrelation() - one.meanCorrelation());
    }

    private static double finalLoss(List<Moment> moments) {
        return moments.get(moments.size() - 1).trainLoss();
    }

    private static Moment nearest(List<Moment> moments, double loss) {
        return moments.stream()
                .min(Comparator.comparingDouble(moment -> Math.abs(moment.trainLoss() - loss)))
                .orElseThrow();
    }
}
