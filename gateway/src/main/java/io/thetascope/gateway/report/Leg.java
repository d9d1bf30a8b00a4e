package io.thetascope.gateway.report;

import io.thetascope.contracts.identity.Step;
import io.thetascope.contracts.run.TrainingSchedule;
import org.jspecify.annotations.Nullable;

/**
 * The way between two consecutive checkpoints of a run.
 *
 * @param fromStep the checkpoint before
 * @param toStep the checkpoint after
 * @param fromEpoch the epoch that ended at {@code fromStep}; absent within an epoch
 * @param toEpoch the epoch that ended at {@code toStep}; absent within an epoch
 * @param distance ‖θto − θfrom‖₂; absent where it was not measured
 */
public record Leg(
        Step fromStep,
        Step toStep,
        @Nullable Integer fromEpoch,
        @Nullable Integer toEpoch,
        @Nullable Double distance) {
    static Leg of(TrainingSchedule schedule, Step from, Step to, @Nullable Double distance) {
        return new Leg(from, to, epochEndedAt(schedule, from), epochEndedAt(schedule, to), distance);
    }

    private static @Nullable Integer epochEndedAt(TrainingSchedule schedule, Step step) {
        return step.value() % schedule.stepsPerEpoch() == 0 ? schedule.epochOf(step) : null;
    }

    /** Returns what distinguishes this leg from the others of a run: epochs where they are whole, else steps. */
    public Place place() {
        if (fromEpoch != null && toEpoch != null) {
            return new Place("epoch", fromEpoch, toEpoch);
        }
        return new Place("step", fromStep.value(), toStep.value());
    }

    /**
     * Where a leg lies; runs of different length have places in common.
     *
     * @param unit epoch or step
     * @param from in that unit
     * @param to in that unit
     */
    public record Place(String unit, long from, long to) {}
}
