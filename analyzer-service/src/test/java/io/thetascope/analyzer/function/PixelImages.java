package io.thetascope.analyzer.function;

import io.thetascope.analyzer.features.PreparedImages;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Images for {@link PixelNetwork}, and the statistics that its BatchNorms have on them, in double. */
final class PixelImages {
    static final int PIXELS = 9;

    private PixelImages() {}

    /** Pixels of all images, one a row: two channels, far from standardised. */
    static double[][] pixels(int images) {
        SplittableRandom random = new SplittableRandom(images);
        return IntStream.range(0, images * PIXELS)
                .mapToObj(i -> new double[] {(float) random.nextDouble(-1, 3), (float) random.nextGaussian()})
                .toArray(double[][]::new);
    }

    static PreparedImages prepared(double[][] pixels) {
        return new PreparedImages() {
            @Override
            public int count() {
                return pixels.length / PIXELS;
            }

            @Override
            public void appendTo(FloatBuffer buffer, int image) {
                for (int channel = 0; channel < 2; channel++) {
                    for (int pixel = 0; pixel < PIXELS; pixel++) {
                        buffer.put((float) pixels[image * PIXELS + pixel][channel]);
                    }
                }
            }
        };
    }

    /** Running mean and variance of the first BatchNorm, and those of the second. */
    static double[][] statistics(PixelNetwork network, double[][] pixels, List<Integer> sizes) {
        double[][] sums = {new double[4], new double[4], new double[3], new double[3]};
        int from = 0;
        for (int size : sizes) {
            double[][] first = network.first(Arrays.copyOfRange(pixels, from, from + size * PIXELS));
            double[] mean1 = means(first);
            double[] variance1 = variances(first, mean1);
            double[][] second = network.second(first, mean1, variance1);
            double[] mean2 = means(second);
            double unbiased = size * PIXELS / (size * PIXELS - 1.0);
            add(sums[0], mean1, 1.0 / sizes.size());
            add(sums[1], variance1, unbiased / sizes.size());
            add(sums[2], mean2, 1.0 / sizes.size());
            add(sums[3], variances(second, mean2), unbiased / sizes.size());
            from += size * PIXELS;
        }
        return sums;
    }

    private static double[] means(double[][] rows) {
        double[] means = new double[rows[0].length];
        List.of(rows).forEach(row -> add(means, row, 1.0 / rows.length));
        return means;
    }

    private static double[] variances(double[][] rows, double[] means) {
        List<double[]> squares = new ArrayList<>();
        for (double[] row : rows) {
            double[] square = new double[row.length];
            Arrays.setAll(square, c -> (row[c] - means[c]) * (row[c] - means[c]));
            squares.add(square);
        }
        return means(squares.toArray(double[][]::new));
    }

    private static void add(double[] sums, double[] values, double factor) {
        for (int c = 0; c < sums.length; c++) {
            sums[c] += factor * values[c];
        }
    }
}
