package io.thetascope.measures.features;

import io.thetascope.measures.matrix.SingularValues;

/** How many directions centred features spread over (Roy and Vetterli 2007). */
final class EffectiveRank {
    private EffectiveRank() {}

    /** Returns exp of the entropy of σ/Σσ, σ the singular values of the features: 1 to their number. */
    static double of(CentredFeatures features) {
        double[] sigma = SingularValues.of(features.rowsNQ());
        double sum = 0;
        for (double value : sigma) {
            sum += value;
        }
        double entropy = 0;
        for (double value : sigma) {
            double share = value / sum;
            entropy -= share > 0 ? share * Math.log(share) : 0;
        }
        return Math.exp(entropy);
    }
}
