package io.thetascope.measures.alignment;

import io.thetascope.contracts.analysis.AlignmentResult;
import io.thetascope.measures.Weights;
import io.thetascope.networks.NetworkDescription;
import java.util.List;
import java.util.Map;

/**
 * How far two models are apart once the symmetries of their network are taken out (MEASURES §6).
 *
 * @param summary the numbers
 * @param permutations group → for every unit of the left, the unit of the right that matches it
 */
@SuppressWarnings("DoNotCallSuggester")
public record Alignment(AlignmentResult summary, Map<String, List<Integer>> permutations) {
    /**
     * Aligns the right model to the left one.
     *
     * @param network of both
     * @param left stays as it is
     * @param right is rescaled, turned and permuted
     * @throws io.thetascope.measures.NotMeasurableException when a value is not finite
     */
    public static Alignment measure(NetworkDescription network, Weights left, Weights right) {
        throw new UnsupportedOperationException("in the making");
    }

    /** Returns the bytes of heap that an alignment of this network takes. */
    public static long heapBytes(NetworkDescription network) {
        throw new UnsupportedOperationException("in the making");
    }
}
