package io.thetascope.measures.order;

import io.thetascope.contracts.analysis.OrderResult;
import io.thetascope.contracts.identity.Step;
import io.thetascope.contracts.run.TrainingSchedule;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

// n images, p units of a block, t checkpoints

/**
 * In which order a run learned (MEASURES §4).
 *
 * @param summary the numbers
 * @param timeByTime block → debiased linear CKA between every two checkpoints, t rows of t values; not a number where one side
 *     has dead units only
 */
@SuppressWarnings("DoNotCallSuggester")
public record LearningOrder(OrderResult summary, Map<String, List<List<Double>>> timeByTime) {
    /** What a run was at its checkpoints; asked for block by block, so that not all features need to be in memory. */
    public interface Snapshots {
        /** Returns n. */
        int images();

        /** Returns the spatially averaged output of a block at a step, one image a row. */
        float[] blockNP(String block, Step step);

        /** Returns the recall of every class at a step; absent for a class that the images lack. */
        List<@Nullable Double> recall(Step step);
    }

    /**
     * Measures a run.
     *
     * @param schedule of the run, whose checkpoints are read
     * @param blocks names of the blocks, in order
     * @param snapshots what the run was
     * @throws io.thetascope.measures.NotMeasurableException with fewer than four images, or values that are not finite
     */
    public static LearningOrder measure(TrainingSchedule schedule, List<String> blocks, Snapshots snapshots) {
        throw new UnsupportedOperationException("in the making");
    }
}
