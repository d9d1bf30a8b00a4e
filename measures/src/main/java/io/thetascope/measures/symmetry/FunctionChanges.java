package io.thetascope.measures.symmetry;

import io.thetascope.contracts.analysis.FunctionChange;
import io.thetascope.contracts.analysis.FunctionFigures;
import io.thetascope.measures.NotMeasurableException;
import io.thetascope.measures.features.Features;
import io.thetascope.measures.function.Classification;
import io.thetascope.measures.function.FunctionDistance;
import org.jspecify.annotations.Nullable;

// n images

/** What a perturbation did to the features and logits of a model on some images. */
public final class FunctionChanges {
    private final Features before;
    private final int[] labelsN;

    /**
     * Measures changes of a model.
     *
     * @param before what θ1 gives
     * @param labelsN of the images
     * @throws NotMeasurableException when a value is not finite, or all features or all logits are 0
     */
    public FunctionChanges(Features before, int[] labelsN) {
        requireFinite(before);
        this.before = before;
        this.labelsN = labelsN.clone();
        relative("features", before.featuresNP(), before.featuresNP());
        relative("logits", before.logitsNC(), before.logitsNC());
    }

    /** Returns how well the unperturbed model classifies. */
    public FunctionFigures before() {
        return Classification.figures(before.logitsNC(), labelsN, before.classes());
    }

    /**
     * Measures one change.
     *
     * @param measured what θp gives, on the same images
     * @param predicted what it is said to give; absent where nothing is
     * @throws NotMeasurableException when a value is not finite
     */
    public FunctionChange to(Features measured, @Nullable Features predicted) {
        requireFinite(measured);
        if (predicted != null) {
            requireFinite(predicted);
        }
        return new FunctionChange(
                Classification.figures(measured.logitsNC(), labelsN, measured.classes()),
                predicted == null ? null : Classification.figures(predicted.logitsNC(), labelsN, predicted.classes()),
                relative("features", before.featuresNP(), measured.featuresNP()),
                predicted == null ? null : relative("features", before.featuresNP(), predicted.featuresNP()),
                relative("logits", before.logitsNC(), measured.logitsNC()),
                predicted == null ? null : relative("logits", before.logitsNC(), predicted.logitsNC()),
                agreement(before.predictedN(), measured.predictedN()),
                predicted == null ? null : FunctionDistance.relative(measured.logitsNC(), predicted.logitsNC()));
    }

    private static void requireFinite(Features features) {
        Features.requireFinite("features", features.featuresNP());
        Features.requireFinite("logits", features.logitsNC());
    }

    private static double relative(String what, float[] from, float[] to) {
        Double relative = FunctionDistance.relative(from, to);
        if (relative == null) {
            throw new NotMeasurableException(
                    "all " + what + " of the unperturbed model are 0 on the probe images, so no"
                            + " change is relative to them; look at the run's training loss");
        }
        return relative;
    }

    private static double agreement(int[] one, int[] other) {
        int same = 0;
        for (int image = 0; image < one.length; image++) {
            same += one[image] == other[image] ? 1 : 0;
        }
        return (double) same / one.length;
    }
}
