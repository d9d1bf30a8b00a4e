package io.thetascope.measures.laziness;

import io.thetascope.contracts.analysis.LazinessResult.LayerGates;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts the ReLU gates that are open at one end of a training and closed at the other. */
public final class GateCounts {
    private final Map<String, long[]> layers = new LinkedHashMap<>(); // layer → gates that switched, gates

    /**
     * Adds the outputs of a ReLU for the same images at both ends.
     *
     * @param layer name of the ReLU; layers are reported in the order in which they are first added
     * @param start outputs at the start, from index 0
     * @param end outputs at the end, from index 0
     * @param count how many values of each
     */
    public void add(String layer, float[] start, float[] end, int count) {
        long switched = 0;
        for (int i = 0; i < count; i++) {
            switched += (start[i] > 0) == (end[i] > 0) ? 0 : 1;
        }
        long[] counts = layers.computeIfAbsent(layer, name -> new long[2]);
        counts[0] += switched;
        counts[1] += count;
    }

    List<LayerGates> byLayer() {
        return layers.entrySet().stream()
                .map(layer -> new LayerGates(layer.getKey(), (double) layer.getValue()[0] / layer.getValue()[1]))
                .toList();
    }

    /** Returns the share over all layers, 0 where a network has no gate. */
    double share() {
        long switched = layers.values().stream().mapToLong(counts -> counts[0]).sum();
        long gates = layers.values().stream().mapToLong(counts -> counts[1]).sum();
        return gates == 0 ? 0 : (double) switched / gates;
    }
}
