package io.thetascope.measures.symmetry;

import io.thetascope.contracts.analysis.NormShift;
import io.thetascope.measures.CompensatedSum;
import io.thetascope.measures.Weights;
import io.thetascope.networks.BatchNorm2d;
import io.thetascope.networks.NetworkDescription;
import io.thetascope.networks.Parameter;
import java.util.List;

/**
 * By how much a sign-flip shifts the output of every BatchNorm whose input it negates. With stored statistics unit u then gives
 * γ(x + μ)/σ − β instead of γ(x − μ)/σ + β, x its unperturbed input: 2γμ/σ − 2β more. With recomputed statistics μ turns with x,
 * and −2β remains.
 */
public final class NormShifts {
    private NormShifts() {}

    /** Measures every BatchNorm of a model, in the order of the network. */
    public static List<NormShift> of(NetworkDescription network, Checkpoint model) {
        return network.layers().stream()
                .filter(BatchNorm2d.class::isInstance)
                .map(norm -> of((BatchNorm2d) norm, model))
                .toList();
    }

    private static NormShift of(BatchNorm2d norm, Checkpoint model) {
        float[] gamma = read(norm.parameters().get(0), model.weights());
        float[] beta = read(norm.parameters().get(1), model.weights());
        float[] means = model.buffers().read(norm.buffers().get(0));
        float[] variances = model.buffers().read(norm.buffers().get(1));
        CompensatedSum biasSquares = new CompensatedSum();
        CompensatedSum meanSquares = new CompensatedSum();
        for (int unit = 0; unit < gamma.length; unit++) {
            double bias = 2.0 * beta[unit];
            double mean = 2.0 * gamma[unit] * means[unit] / Math.sqrt(variances[unit] + norm.epsilon());
            biasSquares.add(bias * bias);
            meanSquares.add(mean * mean);
        }
        return new NormShift(
                norm.name(), gamma.length, rootMean(biasSquares, gamma.length), rootMean(meanSquares, gamma.length));
    }

    private static float[] read(Parameter parameter, Weights weights) {
        float[] values = new float[Math.toIntExact(parameter.size())];
        weights.read(parameter, 0, values, values.length);
        return values;
    }

    private static double rootMean(CompensatedSum squares, int count) {
        return Math.sqrt(squares.value() / count);
    }
}
