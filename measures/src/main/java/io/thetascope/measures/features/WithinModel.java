package io.thetascope.measures.features;

import io.thetascope.contracts.analysis.FeaturesResult;
import io.thetascope.contracts.analysis.WithinClassCorrelation;
import io.thetascope.contracts.identity.Step;
import io.thetascope.measures.NotMeasurableException;
import org.jspecify.annotations.Nullable;

// n images, p units, c classes

/**
 * What the features of one model have to do with each other, beside what chance gives (MEASURES §3).
 *
 * @param summary the numbers
 * @param correlation with the matrix
 * @param withinClassCorrelation the same after the mean of its class was taken from every image; absent where the summary has
 *     none
 */
public record WithinModel(
        FeaturesResult summary,
        Correlation correlation,
        @Nullable Correlation withinClassCorrelation) {
    private static final int IMAGES_ABOVE_CLASSES = 3;

    /**
     * Measures one model.
     *
     * @param step of the checkpoint
     * @param features of the model
     * @param labelsN of the images
     * @throws NotMeasurableException with fewer than four images, values that are not finite, dead units only, or a label that
     *     is none of the network's classes
     */
    public static WithinModel measure(Step step, Features features, long[] labelsN) {
        if (labelsN.length != features.images()) {
            throw new IllegalArgumentException(
                    "every image needs a label: " + features.images() + ", " + labelsN.length);
        }
        CentredFeatures centred = features.centred();
        Labels labels = Labels.of(labelsN, features.classes());
        Correlation correlation = Correlation.of(centred);
        boolean enough = features.images() >= labels.classes() + IMAGES_ABOVE_CLASSES;
        Correlation withinClass = enough ? Correlation.of(centred.withinClass(labels)) : null;
        CentredFeatures strongest = centred.strongest();
        int[] predictedN = features.predictedN();
        FeaturesResult summary = new FeaturesResult(
                step,
                features.images(),
                features.units(),
                correlation.deadUnits(),
                correlation.meanAbsolute(),
                correlation.mean(),
                correlation.rms(),
                nullMeanAbsolute(features.images()),
                labels.accuracy(predictedN),
                withinClass == null ? null : summary(withinClass, features.images() - labels.classes() + 1),
                correlation.participationRatio(),
                EffectiveRank.of(strongest),
                strongest.liveUnits(),
                labels.recall(predictedN));
        return new WithinModel(summary, correlation, withinClass);
    }

    private static WithinClassCorrelation summary(Correlation correlation, int images) {
        return new WithinClassCorrelation(
                correlation.meanAbsolute(), correlation.mean(), correlation.rms(), nullMeanAbsolute(images));
    }

    /** Returns √(2/(πn)), the mean |ρ| of independent Gaussian units over n images. */
    static double nullMeanAbsolute(int images) {
        return Math.sqrt(2 / (Math.PI * images));
    }
}
