package io.thetascope.measures.order;

import io.thetascope.contracts.analysis.OrderResult;
import io.thetascope.contracts.analysis.OrderResult.BlockOrder;
import io.thetascope.contracts.analysis.OrderResult.ClassOnset;
import io.thetascope.contracts.identity.Step;
import io.thetascope.contracts.run.TrainingSchedule;
import io.thetascope.measures.features.Features;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

// n images, p units of a block, t checkpoints

/**
 * In which order a run learned (MEASURES §4).
 *
 * @param summary the numbers
 * @param timeByTime block → debiased linear CKA between every two checkpoints, t rows of t values; not a number where one side
 *     has dead units only, or sees no two images as more alike than others (its HSIC₁ is 0). Above 1,024 live units those of
 *     highest variance are used
 */
public record LearningOrder(OrderResult summary, Map<String, List<List<Double>>> timeByTime) {
    /** What a run was at its checkpoints; asked for piece by piece, so that not all features need to be in memory. */
    public interface Snapshots {
        /** Returns n. */
        int images();

        /**
         * Returns the spatially averaged output of a block at a step, one image a row; read until the next call. Asked for
         * again for every later checkpoint.
         */
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
        Features.requireImages(snapshots.images());
        Timeline timeline = Timeline.of(schedule);
        Map<String, List<List<Double>>> timeByTime = new LinkedHashMap<>();
        List<BlockOrder> blockOrders = new ArrayList<>();
        for (String block : blocks) {
            BlockTrajectory trajectory = BlockTrajectory.of(block, timeline.steps(), snapshots);
            timeByTime.put(block, trajectory.timeByTime());
            blockOrders.add(trajectory.order(timeline));
        }
        List<ClassOnset> onsets = Onsets.of(timeline, snapshots);
        Resolution halves = new Resolution("t1/2", "blocks");
        blockOrders.forEach(b -> halves.add(b.block(), b.halfStep()));
        Resolution classes = new Resolution("onset", "classes");
        onsets.forEach(c -> classes.add(String.valueOf(c.label()), c.onsetStep()));
        OrderResult summary = new OrderResult(
                timeline.steps(),
                timeline.epochs(),
                snapshots.images(),
                blockOrders,
                onsets,
                halves.distinct(),
                classes.distinct(),
                Resolution.tooCoarse(List.of(classes, halves), schedule.checkpoints()));
        return new LearningOrder(summary, timeByTime);
    }

    /** Which checkpoints a run has. */
    record Timeline(List<Step> steps, List<Double> epochs) {
        static Timeline of(TrainingSchedule schedule) {
            List<Step> steps = schedule.checkpointSteps();
            double perEpoch = schedule.stepsPerEpoch();
            return new Timeline(
                    steps, steps.stream().map(step -> step.value() / perEpoch).toList());
        }

        @Nullable
        Step step(int time) {
            return time < 0 ? null : steps.get(time);
        }

        @Nullable
        Double epoch(int time) {
            return time < 0 ? null : epochs.get(time);
        }
    }
}
