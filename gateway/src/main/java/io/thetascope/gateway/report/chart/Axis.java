package io.thetascope.gateway.report.chart;

import io.thetascope.gateway.report.markup.Numbers;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;

/**
 * One direction of a chart. A logarithmic axis takes the exponent of ten as its value.
 *
 * @param label what is shown, with its unit
 * @param min the value at the start
 * @param max the value at the end, above min
 * @param ticks within the two
 */
public record Axis(String label, double min, double max, List<Tick> ticks) {
    public Axis {
        if (!(max > min)) {
            throw new IllegalArgumentException("an axis ends above its start: " + min + " to " + max);
        }
        ticks = List.copyOf(ticks);
    }

    /** Returns an axis over these values with round ticks, its ends on ticks. */
    public static Axis covering(String label, List<Double> values, int intervals) {
        double low = values.stream().mapToDouble(Double::doubleValue).min().orElse(0);
        double high = values.stream().mapToDouble(Double::doubleValue).max().orElse(1);
        if (!(high > low)) {
            double room = low == 0 ? 1 : Math.abs(low) * 0.1;
            low -= room;
            high += room;
        }
        return between(label, low, high, intervals, Numbers::brief);
    }

    /** Returns an axis that holds both ends, with about so many intervals of 1, 2 or 5 × a power of ten. */
    public static Axis between(String label, double low, double high, int intervals, DoubleFunction<String> text) {
        BigDecimal step = roundStep((high - low) / intervals);
        long first = (long) Math.floor(low / step.doubleValue() + 1e-9);
        long last = (long) Math.ceil(high / step.doubleValue() - 1e-9);
        List<Tick> ticks = new ArrayList<>();
        for (long i = first; i <= last; i++) {
            double value = step.multiply(BigDecimal.valueOf(i)).doubleValue();
            ticks.add(new Tick(value, text.apply(value)));
        }
        return new Axis(label, ticks.get(0).value(), ticks.get(ticks.size() - 1).value(), ticks);
    }

    /** Returns a logarithmic axis over these exponents of ten, its ends on whole ones, with at most so many intervals. */
    public static Axis logarithmic(String label, List<Double> exponents, int intervals) {
        int first = (int) Math.floor(
                exponents.stream().mapToDouble(Double::doubleValue).min().orElse(0) + 1e-9);
        int last = (int) Math.ceil(
                exponents.stream().mapToDouble(Double::doubleValue).max().orElse(1) - 1e-9);
        last = Math.max(last, first + 1);
        int step = (last - first + intervals - 1) / intervals;
        last = first + (last - first + step - 1) / step * step;
        List<Tick> ticks = new ArrayList<>();
        for (int exponent = first; exponent <= last; exponent += step) {
            String text =
                    Math.abs(exponent) < 2 ? Numbers.brief(Math.pow(10, exponent)) : "10" + Numbers.raised(exponent);
            ticks.add(new Tick(exponent, text));
        }
        return new Axis(label, first, last, ticks);
    }

    private static BigDecimal roundStep(double wanted) {
        int exponent = (int) Math.floor(Math.log10(wanted));
        double mantissa = wanted / Math.pow(10, exponent);
        int round = mantissa <= 1 ? 1 : mantissa <= 2 ? 2 : mantissa <= 5 ? 5 : 10;
        return BigDecimal.valueOf(round).scaleByPowerOfTen(exponent);
    }

    double position(double value, double from, double to) {
        return from + (value - min) / (max - min) * (to - from);
    }
}
