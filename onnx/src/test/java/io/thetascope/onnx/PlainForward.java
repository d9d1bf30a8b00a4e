package io.thetascope.onnx;

import io.thetascope.networks.AdaptiveAvgPool2d;
import io.thetascope.networks.BatchNorm2d;
import io.thetascope.networks.Conv2d;
import io.thetascope.networks.Dropout;
import io.thetascope.networks.Flatten;
import io.thetascope.networks.Layer;
import io.thetascope.networks.Linear;
import io.thetascope.networks.MaxPool2d;
import io.thetascope.networks.NetworkDescription;
import io.thetascope.networks.Relu;
import io.thetascope.networks.ResidualSum;
import io.thetascope.networks.Window;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * One image through a network in evaluation mode, in double, loop by loop from PyTorch's definitions. The tests'
 * oracle.
 */
final class PlainForward {

    private final NetworkDescription network;
    private final Map<String, float[]> state;

    PlainForward(NetworkDescription network, Map<String, float[]> state) {
        this.network = network;
        this.state = state;
    }

    /** Every layer's output by its name, [C, H, W] row by row. */
    Map<String, double[]> run(double[] image) {
        Map<String, double[]> values = new HashMap<>(Map.of(NetworkDescription.INPUT, image));
        for (Layer layer : network.layers()) {
            values.put(layer.name(), output(layer, values));
        }
        return values;
    }

    private double[] output(Layer layer, Map<String, double[]> values) {
        double[] x = value(values, layer.inputs().get(0));
        if (layer instanceof Conv2d conv) {
            return convolve(conv, x);
        } else if (layer instanceof Linear linear) {
            return multiply(linear, x);
        } else if (layer instanceof BatchNorm2d norm) {
            return normalise(norm, x);
        } else if (layer instanceof MaxPool2d pool) {
            return maximum(pool, x);
        } else if (layer instanceof AdaptiveAvgPool2d pool) {
            return average(pool, x);
        } else if (layer instanceof ResidualSum sum) {
            return add(x, value(values, sum.stream()));
        } else if (layer instanceof Relu) {
            return Arrays.stream(x).map(v -> Math.max(v, 0)).toArray();
        } else if (layer instanceof Flatten || layer instanceof Dropout) {
            return x;
        }
        throw new IllegalStateException("no definition of " + layer);
    }

    private double[] convolve(Conv2d conv, double[] x) {
        float[] weight = value(state, conv.name() + ".weight");
        float[] bias = conv.biased() ? value(state, conv.name() + ".bias") : new float[conv.filters()];
        int channels = conv.inputShape().channels();
        int height = conv.outputShape().height();
        int width = conv.outputShape().width();
        int k = conv.window().size();
        double[] y = new double[conv.filters() * height * width];
        for (int i = 0; i < y.length; i++) {
            int filter = i / (height * width);
            double sum = bias[filter];
            for (int tap = 0; tap < channels * k * k; tap++) {
                int row = top(conv.window(), i / width % height) + tap / k % k;
                int column = top(conv.window(), i % width) + tap % k;
                double pixel = pixel(
                        x,
                        tap / (k * k),
                        row,
                        column,
                        conv.inputShape().height(),
                        conv.inputShape().width(),
                        0);
                sum += weight[filter * channels * k * k + tap] * pixel;
            }
            y[i] = sum;
        }
        return y;
    }

    private static int top(Window window, int position) {
        return position * window.stride() - window.padding();
    }

    private static double pixel(double[] x, int channel, int row, int column, int height, int width, double outside) {
        boolean inside = row >= 0 && row < height && column >= 0 && column < width;
        return inside ? x[(channel * height + row) * width + column] : outside;
    }

    private static double[] maximum(MaxPool2d pool, double[] x) {
        int height = pool.outputShape().height();
        int width = pool.outputShape().width();
        int k = pool.window().size();
        double[] y = new double[pool.inputShape().channels() * height * width];
        for (int i = 0; i < y.length; i++) {
            y[i] = Double.NEGATIVE_INFINITY;
            for (int tap = 0; tap < k * k; tap++) {
                int row = top(pool.window(), i / width % height) + tap / k;
                int column = top(pool.window(), i % width) + tap % k;
                double pixel = pixel(
                        x,
                        i / (height * width),
                        row,
                        column,
                        pool.inputShape().height(),
                        pool.inputShape().width(),
                        Double.NEGATIVE_INFINITY);
                y[i] = Math.max(y[i], pixel);
            }
        }
        return y;
    }

    private static double[] average(AdaptiveAvgPool2d pool, double[] x) {
        int height = pool.inputShape().height();
        int width = pool.inputShape().width();
        double[] y = new double[pool.inputShape().channels() * pool.height() * pool.width()];
        for (int i = 0; i < y.length; i++) {
            int row = i / pool.width() % pool.height();
            int column = i % pool.width();
            int rowEnd = (int) Math.ceil((row + 1) * height / (double) pool.height());
            int columnEnd = (int) Math.ceil((column + 1) * width / (double) pool.width());
            double sum = 0;
            int n = 0;
            for (int r = row * height / pool.height(); r < rowEnd; r++) {
                for (int c = column * width / pool.width(); c < columnEnd; c++, n++) {
                    sum += x[(i / (pool.height() * pool.width()) * height + r) * width + c];
                }
            }
            y[i] = sum / n;
        }
        return y;
    }

    private double[] normalise(BatchNorm2d norm, double[] x) {
        float[] gamma = value(state, norm.name() + ".weight");
        float[] beta = value(state, norm.name() + ".bias");
        float[] mean = value(state, norm.name() + ".running_mean");
        float[] variance = value(state, norm.name() + ".running_var");
        int pixels = x.length / gamma.length;
        double[] y = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            int c = i / pixels;
            y[i] = (x[i] - mean[c]) / Math.sqrt(variance[c] + norm.epsilon()) * gamma[c] + beta[c];
        }
        return y;
    }

    private double[] multiply(Linear linear, double[] x) {
        float[] weight = value(state, linear.name() + ".weight");
        float[] bias = value(state, linear.name() + ".bias");
        double[] y = new double[bias.length];
        for (int i = 0; i < y.length; i++) {
            double sum = bias[i];
            for (int j = 0; j < x.length; j++) {
                sum += weight[i * x.length + j] * x[j];
            }
            y[i] = sum;
        }
        return y;
    }

    /** What must be there. */
    static <T> T value(Map<String, T> values, String name) {
        return Objects.requireNonNull(values.get(name), name);
    }

    private static double[] add(double[] left, double[] right) {
        double[] y = new double[left.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = left[i] + right[i];
        }
        return y;
    }
}
