package io.thetascope.analyzer;

import java.util.Map;

/** LeNet-5 as a textbook writes it, in double: the second implementation that features are held against. */
public final class PlainLeNet {
    private final Map<String, float[]> weights;

    public PlainLeNet(Map<String, float[]> weights) {
        this.weights = weights;
    }

    /** Returns the 84 features of an image of 1×32×32. */
    public double[] features(double[] image) {
        return rectified(linear(rectified(linear(secondPool(image), "fc1", 120)), "fc2", 84));
    }

    /** Returns the 16×5×5 outputs of the second pooling for an image of 1×32×32. */
    public double[] secondPool(double[] image) {
        double[] one = pooled(convolved(image, 1, 32, "conv1", 6), 6, 28);
        return pooled(convolved(one, 6, 14, "conv2", 16), 16, 10);
    }

    public double[] logits(double[] features) {
        return linear(features, "fc3", 10);
    }

    private double[] convolved(double[] in, int channels, int side, String layer, int filters) {
        float[] weight = tensor(layer + ".weight");
        float[] bias = tensor(layer + ".bias");
        int outSide = side - 4;
        double[] out = new double[filters * outSide * outSide];
        for (int f = 0; f < filters; f++) {
            for (int y = 0; y < outSide; y++) {
                for (int x = 0; x < outSide; x++) {
                    double sum = bias[f];
                    for (int c = 0; c < channels; c++) {
                        for (int k = 0; k < 25; k++) {
                            sum += in[(c * side + y + k / 5) * side + x + k % 5] * weight[(f * channels + c) * 25 + k];
                        }
                    }
                    out[(f * outSide + y) * outSide + x] = Math.max(0, sum);
                }
            }
        }
        return out;
    }

    private static double[] pooled(double[] in, int channels, int side) {
        int half = side / 2;
        double[] out = new double[channels * half * half];
        for (int i = 0; i < out.length; i++) {
            int at = (i / half * 2) * side + i % half * 2; // rows of all channels lie one after the other
            out[i] = Math.max(Math.max(in[at], in[at + 1]), Math.max(in[at + side], in[at + side + 1]));
        }
        return out;
    }

    private double[] linear(double[] in, String layer, int units) {
        float[] weight = tensor(layer + ".weight");
        double[] out = new double[units];
        for (int u = 0; u < units; u++) {
            out[u] = tensor(layer + ".bias")[u];
            for (int i = 0; i < in.length; i++) {
                out[u] += in[i] * weight[u * in.length + i];
            }
        }
        return out;
    }

    private static double[] rectified(double[] in) {
        double[] out = in.clone();
        for (int i = 0; i < out.length; i++) {
            out[i] = Math.max(0, out[i]);
        }
        return out;
    }

    private float[] tensor(String name) {
        return weights.getOrDefault(name, new float[0]);
    }
}
