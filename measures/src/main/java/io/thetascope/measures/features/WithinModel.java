package io.thetascope.measures.features;

import io.thetascope.contracts.analysis.FeaturesResult;
import io.thetascope.contracts.identity.Step;
import io.thetascope.measures.NotMeasurableException;
import java.util.List;

// n images, p units, c classes

/**
 * What the features of one model have to do with each other, beside what chance gives (MEASURES §3).
 *
 * @param summary the numbers
 * @param correlation with the matrix
 */
public record WithinModel(FeaturesResult summary, Correlation correlation) {
    /** Fewer say nothing about a correlation. */
    static final int FEWEST_IMAGES = 4;

    /**
     * Measures one model.
     *
     * @param step of the checkpoint
     * @param featuresNP row-major, one image a row
     * @param logitsNC row-major, one image a row
     * @param labelsN of the images
     * @throws NotMeasurableException with fewer than four images, features that are not finite, or dead units only
     */
    public static WithinModel measure(Step step, float[] featuresNP, float[] logitsNC, long[] labelsN) {
        int images = labelsN.length;
        if (images < FEWEST_IMAGES) {
            throw new NotMeasurableException("features need at least " + FEWEST_IMAGES + " probe images, there are "
                    + images + "; raise the limit of the test set");
        }
        requireFinite("features", featuresNP);
        requireFinite("logits", logitsNC);
        int units = featuresNP.length / images;
        Correlation correlation = Correlation.of(featuresNP, images, units);
        if (correlation.deadUnits() == units) {
            throw new NotMeasurableException("all " + units + " units give the same on every probe image, so nothing"
                    + " correlates; look at the run's training loss");
        }
        FeaturesResult summary = new FeaturesResult(
                step,
                images,
                units,
                correlation.deadUnits(),
                correlation.meanAbsolute(),
                correlation.mean(),
                correlation.rms(),
                nullMeanAbsolute(images),
                accuracy(logitsNC, labelsN),
                null,
                null,
                null,
                null,
                List.of());
        return new WithinModel(summary, correlation);
    }

    /** Returns √(2/(πn)), the mean |ρ| of independent Gaussian units over n images. */
    static double nullMeanAbsolute(int images) {
        return Math.sqrt(2 / (Math.PI * images));
    }

    /** Returns the share of images whose largest logit, the first one on a tie, is at their label. */
    static double accuracy(float[] logitsNC, long[] labelsN) {
        int classes = logitsNC.length / labelsN.length;
        int right = 0;
        for (int image = 0; image < labelsN.length; image++) {
            int best = 0;
            for (int c = 1; c < classes; c++) {
                if (logitsNC[image * classes + c] > logitsNC[image * classes + best]) {
                    best = c;
                }
            }
            right += best == labelsN[image] ? 1 : 0;
        }
        return (double) right / labelsN.length;
    }

    private static void requireFinite(String what, float[] values) {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                throw new NotMeasurableException(
                        "the " + what + " are not finite; train again with a smaller learning rate");
            }
        }
    }
}
