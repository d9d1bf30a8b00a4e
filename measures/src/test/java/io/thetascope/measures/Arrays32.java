package io.thetascope.measures;

import io.thetascope.networks.NetworkDescription;
import io.thetascope.networks.Parameter;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;

/** A checkpoint in memory. */
public final class Arrays32 implements Weights {
    private final Map<String, float[]> tensors = new HashMap<>();

    /** Fills every value by its position in the whole network. */
    public interface Fill {
        double at(Parameter parameter, int index);
    }

    public static Arrays32 of(NetworkDescription network, Fill fill) {
        Arrays32 weights = new Arrays32();
        for (Parameter parameter : network.parameters()) {
            float[] values = new float[Math.toIntExact(parameter.size())];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) fill.at(parameter, i);
            }
            weights.tensors.put(parameter.name(), values);
        }
        return weights;
    }

    public static Arrays32 random(NetworkDescription network, long seed, double deviation) {
        SplittableRandom random = new SplittableRandom(seed);
        return of(network, (p, i) -> deviation * (random.nextDouble() - 0.5));
    }

    public Arrays32 plus(NetworkDescription network, Arrays32 other) {
        return of(network, (p, i) -> tensor(p)[i] + other.tensor(p)[i]);
    }

    public float[] tensor(Parameter parameter) {
        return tensors.getOrDefault(parameter.name(), new float[0]);
    }

    @Override
    public void read(Parameter parameter, long from, float[] into, int count) {
        System.arraycopy(tensor(parameter), Math.toIntExact(from), into, 0, count);
    }
}
