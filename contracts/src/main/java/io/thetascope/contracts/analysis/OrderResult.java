package io.thetascope.contracts.analysis;

import io.thetascope.contracts.identity.Step;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * In which order a run learned (MEASURES §4), as finely as its checkpoints let it be seen.
 *
 * @param steps the checkpoints, ascending
 * @param epochs the same in epochs, fractions where a step lies within one
 * @param images n
 * @param blocks every block of the network, in order
 * @param classes every class of the probe set
 * @param distinctHalves how many different values t½ has among the blocks that have one
 * @param distinctOnsets how many different values the onset has among the classes that have one
 * @param tooCoarse why the checkpoints cannot order blocks or classes, and which schedule would; absent where they can
 */
public record OrderResult(
        List<Step> steps,
        List<Double> epochs,
        int images,
        List<BlockOrder> blocks,
        List<ClassOnset> classes,
        int distinctHalves,
        int distinctOnsets,
        @Nullable String tooCoarse) {
    public OrderResult {
        steps = List.copyOf(steps);
        epochs = List.copyOf(epochs);
        blocks = List.copyOf(blocks);
        classes = List.copyOf(classes);
    }

    /**
     * When a block had become half of what it is in the end. The time × time matrix of CKA is among the tensors of the
     * analysis.
     *
     * @param block name of the layer that ends it
     * @param units channels, spatially averaged, or units
     * @param ckaToEnd debiased linear CKA of every checkpoint with the last one; absent where one of the two has dead units alone, or
     *     sees no two images as more alike than others
     * @param halfStep first checkpoint with (CKA(t,T) − CKA(0,T)) / (1 − CKA(0,T)) ≥ ½; absent where CKA(0,T) is not below 1,
     *     or is absent
     * @param halfEpoch the same in epochs
     */
    public record BlockOrder(
            String block,
            int units,
            List<@Nullable Double> ckaToEnd,
            @Nullable Step halfStep,
            @Nullable Double halfEpoch) {
        public BlockOrder {
            ckaToEnd = Collections.unmodifiableList(new ArrayList<>(ckaToEnd)); // may hold nulls
        }
    }

    /**
     * When a class was learned.
     *
     * @param label of the class
     * @param recall at every checkpoint
     * @param onsetStep first checkpoint from which on the recall stays at half its final value or above; absent where the
     *     final recall is 0
     * @param onsetEpoch the same in epochs
     */
    public record ClassOnset(
            int label,
            List<Double> recall,
            @Nullable Step onsetStep,
            @Nullable Double onsetEpoch) {
        public ClassOnset {
            recall = List.copyOf(recall);
        }
    }
}
