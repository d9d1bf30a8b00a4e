package io.thetascope.measures.symmetry;

import io.thetascope.measures.Weights;
import io.thetascope.measures.WeightsWalk;
import io.thetascope.networks.BatchNorm2d;
import io.thetascope.networks.Buffer;
import io.thetascope.networks.NetworkDescription;
import io.thetascope.networks.Parameter;
import io.thetascope.networks.ParameterKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * In what a turned model still differs from the original. Floats are equal when their numbers are; geometry-dead elements are left
 * out, since no image sees them.
 */
final class Differences {
    private final SignGauge gauge;
    private int mirroredBiases;
    private int mirroredMeans;
    private @Nullable String other;

    private Differences(SignGauge gauge) {
        this.gauge = gauge;
    }

    /**
     * Compares two models.
     *
     * @param network of both
     * @param original θ1
     * @param perturbed θp, not turned
     * @param gauge turns it
     */
    static Differences between(NetworkDescription network, Checkpoint original, Checkpoint perturbed, SignGauge gauge) {
        Differences differences = new Differences(gauge);
        Weights turned = gauge.turned(perturbed.weights());
        WeightsWalk walk = new WeightsWalk(List.of(original.weights(), turned));
        network.parameters().forEach(parameter -> differences.compare(network, parameter, walk));
        NormBuffers turnedBuffers = gauge.turned(perturbed.buffers());
        network.layers().stream()
                .filter(BatchNorm2d.class::isInstance)
                .forEach(norm -> differences.compare((BatchNorm2d) norm, original.buffers(), turnedBuffers));
        return differences;
    }

    private void compare(NetworkDescription network, Parameter parameter, WeightsWalk walk) {
        LiveElements live = new LiveElements(network.deadTaps(parameter));
        boolean bias = parameter.kind() == ParameterKind.NORM_BIAS;
        long[] at = {0};
        walk.over(parameter, (values, count) -> {
            for (int i = 0; i < count; i++, at[0]++) {
                float one = values.get(0)[i];
                float another = values.get(1)[i];
                if (one != another && live.contains(at[0])) {
                    boolean mirrored = bias && one == -another && gauge.turns(parameter.layer(), (int) at[0]);
                    mirroredBiases += mirrored ? 1 : 0;
                    note(mirrored, parameter.name());
                }
            }
        });
    }

    private void compare(BatchNorm2d norm, NormBuffers original, NormBuffers turned) {
        Buffer mean = norm.buffers().get(0);
        Buffer variance = norm.buffers().get(1);
        float[] means = original.read(mean);
        float[] turnedMeans = turned.read(mean);
        float[] variances = original.read(variance);
        float[] turnedVariances = turned.read(variance);
        for (int unit = 0; unit < means.length; unit++) {
            if (means[unit] != turnedMeans[unit]) {
                boolean mirrored = means[unit] == -turnedMeans[unit] && gauge.turns(norm.name(), unit);
                mirroredMeans += mirrored ? 1 : 0;
                note(mirrored, mean.name());
            }
            note(variances[unit] == turnedVariances[unit], variance.name());
        }
    }

    private void note(boolean covered, String tensor) {
        if (!covered && other == null) {
            other = tensor;
        }
    }

    /** Returns how many turned units have the negative of the original's β, which is not 0. */
    int mirroredBiases() {
        return mirroredBiases;
    }

    /** Returns how many turned units have the negative of the original's running mean, which is not 0. */
    int mirroredMeans() {
        return mirroredMeans;
    }

    /** Returns the first tensor that differs in another way, or nothing. */
    @Nullable
    String other() {
        return other;
    }
}
