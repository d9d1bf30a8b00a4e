package io.thetascope.measures.similarity;

import io.thetascope.contracts.analysis.NetOfNull;
import io.thetascope.measures.SplitMix;
import io.thetascope.measures.features.CentredFeatures;
import io.thetascope.measures.features.Labels;

/** What the measures of two models give when the images of the right are permuted, once for every permutation. */
final class Nulls {
    private static final double NORMAL_95 = 1.96;

    private final double[] matched = new double[NetOfNull.PERMUTATIONS];
    private final double[] cka = new double[NetOfNull.PERMUTATIONS];
    private final double[] matchedWithinClass = new double[NetOfNull.PERMUTATIONS];

    private Nulls() {}

    /**
     * Measures permuted images.
     *
     * @param ckaLeft of the left
     * @param ckaRight of the right
     * @param seed of the permutations: outputs 0 to 19 of its generator, within class 20 to 39
     */
    static Nulls of(
            CentredFeatures left,
            CentredFeatures right,
            LinearCka ckaLeft,
            LinearCka ckaRight,
            Labels labels,
            long seed) {
        Nulls nulls = new Nulls();
        for (int i = 0; i < NetOfNull.PERMUTATIONS; i++) {
            int[] anyN = SplitMix.permutation(SplitMix.at(seed, i), left.images());
            Crossing chance = Crossing.of(left, right, anyN);
            nulls.matched[i] = chance.matched();
            nulls.cka[i] = ckaLeft.debiased(ckaRight, chance.productPQ(), anyN);
            int[] withinN = labels.permutation(SplitMix.at(seed, NetOfNull.PERMUTATIONS + i));
            nulls.matchedWithinClass[i] = Crossing.of(left, right, withinN).matched();
        }
        return nulls;
    }

    NetOfNull matched(double measured) {
        return net(measured, matched);
    }

    NetOfNull matchedWithinClass(double measured) {
        return net(measured, matchedWithinClass);
    }

    NetOfNull cka(double measured) {
        return net(measured, cka);
    }

    private static NetOfNull net(double measured, double[] permuted) {
        double mean = 0;
        for (double value : permuted) {
            mean += value / permuted.length;
        }
        double squares = 0;
        for (double value : permuted) {
            squares += (value - mean) * (value - mean);
        }
        double deviation = Math.sqrt(squares / (permuted.length - 1));
        double net = measured - mean;
        double margin = NORMAL_95 * deviation;
        return new NetOfNull(permuted.length, mean, deviation, net, net - margin, net + margin);
    }
}
