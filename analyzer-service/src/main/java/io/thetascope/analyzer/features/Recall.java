package io.thetascope.analyzer.features;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

// n images, c classes

/** Which share of the images of a class a model puts into it. */
final class Recall {
    private Recall() {}

    /** Returns it by class, from 0 to the largest label; absent for a class without images. */
    static List<@Nullable Double> of(float[] logitsNC, long[] labelsN) {
        int classes = logitsNC.length / labelsN.length;
        int[] images = new int[Math.toIntExact(Arrays.stream(labelsN).max().orElse(0)) + 1];
        int[] right = new int[images.length];
        for (int image = 0; image < labelsN.length; image++) {
            int label = (int) labelsN[image];
            images[label]++;
            right[label] += largest(logitsNC, image * classes, classes) == label ? 1 : 0;
        }
        List<@Nullable Double> recall = new ArrayList<>();
        for (int label = 0; label < images.length; label++) {
            recall.add(images[label] == 0 ? null : (double) right[label] / images[label]);
        }
        return recall;
    }

    private static int largest(float[] logitsNC, int from, int classes) {
        int best = 0;
        for (int c = 1; c < classes; c++) {
            best = logitsNC[from + c] > logitsNC[from + best] ? c : best;
        }
        return best;
    }
}
