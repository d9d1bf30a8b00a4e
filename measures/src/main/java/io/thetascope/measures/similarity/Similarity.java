package io.thetascope.measures.similarity;

import io.thetascope.contracts.analysis.FeatureSimilarity;
import io.thetascope.measures.NotMeasurableException;
import io.thetascope.measures.features.CentredFeatures;
import io.thetascope.measures.features.Features;
import io.thetascope.measures.features.Labels;
import io.thetascope.measures.matrix.SingularValues;
import org.jspecify.annotations.Nullable;

// n images, p and q units

/** What the features of two models have to do with each other on the same images (MEASURES §3). */
public final class Similarity {
    private Similarity() {}

    /**
     * Measures two models.
     *
     * @param left one model
     * @param right the other, on the same images in the same order
     * @param labelsN of the images
     * @param sameStart whether both descend from one start, so that unit i of the one has to do with unit i of the other
     * @param seed of the permutations of the nulls
     * @throws NotMeasurableException with fewer than four images, values that are not finite, a label that is no class, or a
     *     side with dead units only or whose HSIC₁ with itself is 0, by which debiased CKA divides
     */
    public static FeatureSimilarity measure(
            Features left, Features right, long[] labelsN, boolean sameStart, long seed) {
        if (left.images() != right.images() || left.images() != labelsN.length) {
            throw new IllegalArgumentException("left, right and labels need the same images: " + left.images() + ", "
                    + right.images() + ", " + labelsN.length);
        }
        CentredFeatures wholeLeft = left.centred();
        CentredFeatures wholeRight = right.centred();
        CentredFeatures strongLeft = wholeLeft.strongest();
        CentredFeatures strongRight = wholeRight.strongest();
        LinearCka ckaLeft = measurable("left", strongLeft);
        LinearCka ckaRight = measurable("right", strongRight);
        Labels labels = Labels.of(labelsN, Math.max(left.classes(), right.classes()));
        Crossing crossing = Crossing.of(strongLeft, strongRight);
        double matched = crossing.matched();
        double cka = ckaLeft.debiased(ckaRight, crossing.productPQ());
        Nulls nulls = Nulls.of(strongLeft, strongRight, ckaLeft, ckaRight, labels, seed);
        return new FeatureSimilarity(
                labelsN.length,
                strongLeft.liveUnits(),
                strongRight.liveUnits(),
                wholeLeft.units() - wholeLeft.liveUnits(),
                wholeRight.units() - wholeRight.liveUnits(),
                unitByUnit(wholeLeft, wholeRight),
                sameStart ? null : FeatureSimilarity.DIFFERENT_STARTS,
                matched,
                nulls.matched(matched),
                nulls.matchedWithinClass(matched),
                cka,
                nulls.cka(cka),
                ckaLeft.biased(ckaRight, crossing.productPQ()),
                procrustes(crossing.productPQ(), ckaLeft.norm() * ckaRight.norm()),
                agreement(left.predictedN(), right.predictedN()));
    }

    private static LinearCka measurable(String side, CentredFeatures features) {
        LinearCka cka = LinearCka.of(features);
        if (!cka.measurable()) {
            throw new NotMeasurableException("to the features of the " + side + " model no two of the "
                    + features.images()
                    + " probe images are more alike than others (HSIC1 is 0), so debiased CKA has no"
                    + " value; raise the limit of the test set");
        }
        return cka;
    }

    /** Both list their live units in ascending order. */
    private static @Nullable Double unitByUnit(CentredFeatures left, CentredFeatures right) {
        double sum = 0;
        int both = 0;
        int p = 0;
        int q = 0;
        while (p < left.liveUnits() && q < right.liveUnits()) {
            int ahead = Integer.compare(left.unit(p), right.unit(q));
            if (ahead == 0) {
                sum += Math.max(-1, Math.min(1, dot(left, p, right, q) / left.norm(p) / right.norm(q)));
                both++;
            }
            p += ahead <= 0 ? 1 : 0;
            q += ahead >= 0 ? 1 : 0;
        }
        return both == 0 ? null : sum / both;
    }

    private static double dot(CentredFeatures left, int p, CentredFeatures right, int q) {
        double dot = 0;
        for (int image = 0; image < left.images(); image++) {
            dot += left.rowsNQ()[image][p] * right.rowsNQ()[image][q];
        }
        return dot;
    }

    private static double procrustes(double[][] productPQ, double norms) {
        double nuclear = 0;
        for (double sigma : SingularValues.of(productPQ)) {
            nuclear += sigma;
        }
        return Math.max(0, Math.min(2, 2 - 2 * nuclear / norms));
    }

    private static double agreement(int[] left, int[] right) {
        int same = 0;
        for (int image = 0; image < left.length; image++) {
            same += left[image] == right[image] ? 1 : 0;
        }
        return (double) same / left.length;
    }
}
