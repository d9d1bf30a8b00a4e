package io.thetascope.analyzer.measurement;

import io.thetascope.analyzer.PlainLeNet;
import io.thetascope.analyzer.World;
import io.thetascope.artifacts.ArtifactKeys;
import io.thetascope.artifacts.safetensors.SafetensorsFile;
import io.thetascope.contracts.run.RunSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The images of the world as LeNet sees them, its losses on them in double, and a head fitted to them: as good as trained. */
final class FittedLeNet {
    private static final int CLASSES = 10;

    private final List<double[]> images = new ArrayList<>();
    private final List<Integer> labels = new ArrayList<>();

    /** Reads the training images first, the test images then. */
    FittedLeNet(World world, RunSpec run, Path folder) {
        Path data = world.store()
                .download(
                        ArtifactKeys.dataset(run.dataset().digest()),
                        run.dataset().digest(),
                        folder);
        try (SafetensorsFile file = SafetensorsFile.open(data)) {
            read(file, "train", World.TRAIN_IMAGES);
            read(file, "test", World.TEST_IMAGES);
        }
    }

    private void read(SafetensorsFile file, String set, int count) {
        byte[] pixels = new byte[count * 28 * 28];
        file.readBytes(file.tensor(set + ".images"), 0, pixels, 0, pixels.length);
        long[] read = new long[count];
        file.readLongs(file.tensor(set + ".labels"), 0, read, 0, count);
        for (int image = 0; image < count; image++) {
            images.add(seen(pixels, image));
            labels.add((int) read[image]);
        }
    }

    /** Padded by two, Fashion-MNIST's constants. */
    private static double[] seen(byte[] pixels, int image) {
        double[] seen = new double[32 * 32];
        for (int i = 0; i < seen.length; i++) {
            int y = i / 32 - 2;
            int x = i % 32 - 2;
            boolean inside = y >= 0 && y < 28 && x >= 0 && x < 28;
            int level = inside ? pixels[(image * 28 + y) * 28 + x] & 0xFF : 0;
            seen[i] = (level / 255.0 - .2860) / .3530;
        }
        return seen;
    }

    double trainLoss(Map<String, float[]> weights) {
        return loss(weights, 0, World.TRAIN_IMAGES);
    }

    double testLoss(Map<String, float[]> weights) {
        return loss(weights, World.TRAIN_IMAGES, images.size());
    }

    private double loss(Map<String, float[]> weights, int from, int to) {
        PlainLeNet plain = new PlainLeNet(weights);
        double sum = 0;
        for (int image = from; image < to; image++) {
            double[] logits = plain.logits(plain.features(images.get(image)));
            double exponentials = 0;
            for (double logit : logits) {
                exponentials += Math.exp(logit);
            }
            sum += Math.log(exponentials) - logits[labels.get(image)];
        }
        return sum / (to - from);
    }

    /** Returns the weights with another head: the shortest that gives every image 8 for its label and 0 for the other classes. */
    Map<String, float[]> fitted(Map<String, float[]> weights) {
        PlainLeNet plain = new PlainLeNet(weights);
        List<double[]> features = images.stream().map(plain::features).toList();
        int n = images.size();
        double[][] system = new double[n][n + CLASSES]; // Gram matrix beside what is wanted
        for (int i = 0; i < n; i++) {
            system[i][n + labels.get(i)] = 8;
            for (int j = 0; j < n; j++) {
                system[i][j] = dot(features.get(i), features.get(j)) + (i == j ? 1e-6 : 0);
            }
        }
        solve(system);
        int units = features.get(0).length;
        float[] head = new float[CLASSES * units];
        for (int k = 0; k < head.length; k++) {
            double sum = 0;
            for (int i = 0; i < n; i++) {
                sum += system[i][n + k / units] * features.get(i)[k % units];
            }
            head[k] = (float) sum;
        }
        Map<String, float[]> fitted = new HashMap<>(weights);
        fitted.put("fc3.weight", head);
        fitted.put("fc3.bias", new float[CLASSES]);
        return fitted;
    }

    /** Gauss and Jordan without pivots, which a positive definite matrix does not need: the solution stands where it was asked for. */
    private static void solve(double[][] system) {
        for (int pivot = 0; pivot < system.length; pivot++) {
            for (int row = 0; row < system.length; row++) {
                double factor = row == pivot ? 0 : system[row][pivot] / system[pivot][pivot];
                for (int column = pivot; column < system[row].length; column++) {
                    system[row][column] -= factor * system[pivot][column];
                }
            }
        }
        for (int row = 0; row < system.length; row++) {
            for (int column = system.length; column < system[row].length; column++) {
                system[row][column] /= system[row][row];
            }
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    /** Returns the same function with the units of the second convolution and the first linear layer in reverse order. */
    static Map<String, float[]> reversed(Map<String, float[]> weights) {
        Map<String, float[]> reversed = new HashMap<>(weights);
        reversed.put("conv2.weight", rows(weights, "conv2.weight", 16));
        reversed.put("conv2.bias", rows(weights, "conv2.bias", 16));
        Map<String, float[]> read = new HashMap<>(weights);
        read.put("fc1.weight", columns(weights, "fc1.weight", 16, 25, 400));
        reversed.put("fc1.weight", rows(read, "fc1.weight", 120));
        reversed.put("fc1.bias", rows(weights, "fc1.bias", 120));
        reversed.put("fc2.weight", columns(weights, "fc2.weight", 120, 1, 120));
        return reversed;
    }

    private static float[] rows(Map<String, float[]> weights, String name, int units) {
        float[] from = weights.getOrDefault(name, new float[0]);
        int size = from.length / units;
        float[] to = new float[from.length];
        for (int unit = 0; unit < units; unit++) {
            System.arraycopy(from, unit * size, to, (units - 1 - unit) * size, size);
        }
        return to;
    }

    private static float[] columns(Map<String, float[]> weights, String name, int units, int block, int width) {
        float[] from = weights.getOrDefault(name, new float[0]);
        float[] to = new float[from.length];
        for (int i = 0; i < from.length; i++) {
            int column = i % width;
            int turned = (units - 1 - column / block) * block + column % block;
            to[i - column + turned] = from[i];
        }
        return to;
    }
}
