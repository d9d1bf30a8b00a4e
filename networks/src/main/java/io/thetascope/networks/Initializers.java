package io.thetascope.networks;

import io.thetascope.contracts.run.RunSpec;
import java.util.List;

/**
 * Starting values of parameters. Kaiming (He et al. 2015) with fan-in and gain √2 for the weights of convolutions and
 * linear layers: variance 2 / fan-in, uniform or normal; biases 0, BatchNorm γ = 1 and β = 0. Drawn in double, rounded
 * once to float; each parameter has its own stream from (kind, seed, name), so that θ0 is the same on every device and JVM, and
 * starts of one seed and two kinds are independent.
 */
public final class Initializers {

    /** Uniform on ±√(6 / fan-in). */
    public static final String KAIMING_UNIFORM = "kaiming-uniform";

    /** Normal with standard deviation √(2 / fan-in). */
    public static final String KAIMING_NORMAL = "kaiming-normal";

    /** Part of what is hashed: another generator would get another name, and old runs would keep theirs. */
    private static final String NAME = "thetascope/initialization/";

    private Initializers() {}

    /** Names of all kinds that are drawn. */
    public static List<String> kinds() {
        return List.of(KAIMING_UNIFORM, KAIMING_NORMAL);
    }

    /**
     * A whole parameter, in PyTorch's element order.
     *
     * @throws IllegalArgumentException when there is no such kind; the message names those there are
     */
    public static float[] draw(String kind, Parameter parameter, long seed) {
        return draw(kind, parameter, seed, 0, Math.toIntExact(parameter.size()));
    }

    /** Elements {@code from} to {@code from + count} of what {@link #draw(String, Parameter, long)} gives, alone. */
    public static float[] draw(String kind, Parameter parameter, long seed, long from, int count) {
        return draw(RunSpec.FORMAT, kind, parameter, seed, from, count);
    }

    /**
     * The same as runs of a format draw it. In format 1 the streams of a seed were shared by all kinds, so that a uniform and a
     * normal start of one seed correlate (r = −0.33).
     *
     * @throws IllegalArgumentException when this program does not know the format
     */
    public static float[] draw(int format, String kind, Parameter parameter, long seed, long from, int count) {
        if (from < 0 || count < 0 || count > parameter.size() - from) {
            throw new IllegalArgumentException(
                    parameter.name() + " has " + parameter.size() + " elements; asked for " + count + " from " + from);
        }
        Law law = lawOf(kind, parameter);
        CounterStream stream = CounterStream.of(NAME + drawn(format, kind) + "/" + seed + "/" + parameter.name());
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) law.value(stream, from + i);
        }
        return values;
    }

    private static String drawn(int format, String kind) {
        return switch (format) {
            case 1 -> "v1";
            case 2 -> "v2/" + kind;
            default ->
                throw new IllegalArgumentException("a run of format " + format
                        + " was planned by another program; deploy the one that knows it, known are 1 and 2");
        };
    }

    private static Law lawOf(String kind, Parameter parameter) {
        Law weights = weightLaw(kind, parameter.fanIn());
        return switch (parameter.kind()) {
            case WEIGHT -> weights;
            case NORM_WEIGHT -> (stream, index) -> 1;
            case BIAS, NORM_BIAS -> (stream, index) -> 0;
        };
    }

    private static Law weightLaw(String kind, int fanIn) {
        double deviation = StrictMath.sqrt(2.0 / fanIn);
        double bound = StrictMath.sqrt(6.0 / fanIn);
        return switch (kind) {
            case KAIMING_UNIFORM -> (stream, index) -> bound * (2 * stream.uniform(index) - 1);
            case KAIMING_NORMAL -> (stream, index) -> deviation * stream.normal(index);
            default ->
                throw new IllegalArgumentException(
                        "there is no initialisation " + kind + " to draw; known are " + kinds());
        };
    }

    /** How an element follows from its parameter's random numbers. */
    @FunctionalInterface
    private interface Law {
        double value(CounterStream stream, long index);
    }
}
