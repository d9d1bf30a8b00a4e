package io.thetascope.measures.function;

import io.thetascope.contracts.analysis.FunctionFigures;
import io.thetascope.measures.CompensatedSum;
import io.thetascope.measures.NotMeasurableException;

// n images, c classes

/** How well logits tell images apart. */
public final class Classification {
    private Classification() {}

    /**
     * Returns the mean cross-entropy, by log-sum-exp in double, and the share classified right; on a tie the first of the
     * largest logits counts. The loss is not finite where a logit is not.
     *
     * @param logitsNC one image a row
     * @param labelsN of the images
     * @param classes how many the network tells apart
     * @throws NotMeasurableException without images, or when a label is none of the classes
     */
    public static FunctionFigures figures(float[] logitsNC, int[] labelsN, int classes) {
        if (labelsN.length == 0 || logitsNC.length != Math.multiplyExact(labelsN.length, classes)) {
            throw new NotMeasurableException("a loss needs at least one image and one row of " + classes
                    + " logits for each, there are " + labelsN.length + " labels and " + logitsNC.length
                    + " logits; give the run more images");
        }
        CompensatedSum loss = new CompensatedSum();
        long right = 0;
        for (int image = 0; image < labelsN.length; image++) {
            requireClass(labelsN[image], image, classes);
            int row = image * classes;
            int best = best(logitsNC, row, classes);
            loss.add(crossEntropy(logitsNC, row, classes, labelsN[image]));
            right += best == labelsN[image] ? 1 : 0;
        }
        return new FunctionFigures(loss.value() / labelsN.length, (double) right / labelsN.length);
    }

    private static void requireClass(int label, int image, int classes) {
        if (label < 0 || label >= classes) {
            throw new NotMeasurableException("label " + label + " of image " + image + " is none of the network's "
                    + classes + " classes; give the data set as many classes");
        }
    }

    private static int best(float[] logitsNC, int row, int classes) {
        int best = 0;
        for (int c = 1; c < classes; c++) {
            if (logitsNC[row + c] > logitsNC[row + best]) {
                best = c;
            }
        }
        return best;
    }

    /** log Σ exp(logit) − the label's logit; the largest is taken out first, so that nothing overflows. */
    private static double crossEntropy(float[] logitsNC, int row, int classes, int label) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int c = 0; c < classes; c++) {
            largest = Math.max(largest, logitsNC[row + c]); // NaN where one is
        }
        double sum = 0;
        for (int c = 0; c < classes; c++) {
            sum += Math.exp(logitsNC[row + c] - largest);
        }
        return largest - logitsNC[row + label] + Math.log(sum);
    }
}
