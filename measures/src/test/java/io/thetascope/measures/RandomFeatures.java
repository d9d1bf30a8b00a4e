package io.thetascope.measures;

import io.thetascope.measures.features.Features;
import java.util.Random;

/** Features of models that never were. */
public final class RandomFeatures {
    private RandomFeatures() {}

    /** Returns independent standard Gaussians. */
    public static float[] gaussian(int count, long seed) {
        Random random = new Random(seed);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    /** Returns a model with these features, whose logits say label i % 2 for image i. */
    public static Features model(float[] featuresNP, int images) {
        float[] logitsNC = new float[2 * images];
        for (int image = 0; image < images; image++) {
            logitsNC[2 * image + image % 2] = 1;
        }
        return new Features(featuresNP, logitsNC, images);
    }

    /** Returns labels 0, 1, 0, 1 … */
    public static long[] labels(int images) {
        long[] labels = new long[images];
        for (int image = 0; image < images; image++) {
            labels[image] = image % 2;
        }
        return labels;
    }

    /** Returns the features times scale, turned by a product of p Householder reflections, and shifted by 3. */
    public static float[] turned(float[] featuresNP, int images, double scale, long seed) {
        int units = featuresNP.length / images;
        double[] turned = new double[featuresNP.length];
        for (int i = 0; i < turned.length; i++) {
            turned[i] = featuresNP[i] * scale;
        }
        for (int k = 0; k < units; k++) {
            reflect(turned, images, gaussian(units, seed + k));
        }
        float[] rounded = new float[turned.length];
        for (int i = 0; i < turned.length; i++) {
            rounded[i] = (float) (turned[i] + 3);
        }
        return rounded;
    }

    private static void reflect(double[] rows, int images, float[] normal) {
        double square = 0;
        for (float value : normal) {
            square += (double) value * value;
        }
        for (int image = 0; image < images; image++) {
            double dot = 0;
            for (int p = 0; p < normal.length; p++) {
                dot += rows[image * normal.length + p] * normal[p];
            }
            for (int p = 0; p < normal.length; p++) {
                rows[image * normal.length + p] -= 2 * dot / square * normal[p];
            }
        }
    }
}
