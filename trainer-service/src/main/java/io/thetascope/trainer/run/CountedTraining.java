package io.thetascope.trainer.run;

import io.thetascope.contracts.identity.Step;
import io.thetascope.contracts.run.EpochFigures;
import io.thetascope.contracts.run.TrainingSchedule;
import io.thetascope.trainer.network.NetworkState;
import io.thetascope.trainer.optimizer.Evidence;
import io.thetascope.trainer.training.Snapshot;
import io.thetascope.trainer.training.TrainingObserver;
import java.util.Optional;
import java.util.OptionalDouble;

/** Counts the steps and images of a training on their way to whoever keeps what it yields. One thread. */
final class CountedTraining implements TrainingObserver {
    private final TrainingObserver keeper;
    private final TrainingSchedule schedule;
    private final TrainingListener listener;
    private Step counted;

    /**
     * Begins to count.
     *
     * @param from the steps that were done before
     */
    CountedTraining(TrainingObserver keeper, TrainingSchedule schedule, TrainingListener listener, Step from) {
        this.keeper = keeper;
        this.schedule = schedule;
        this.listener = listener;
        this.counted = from;
    }

    @Override
    public void checkpoint(Step step, int epoch, NetworkState state, Optional<Evidence> evidence) {
        keeper.checkpoint(step, epoch, state, evidence);
    }

    @Override
    public void epoch(EpochFigures figures, OptionalDouble imagesPerSecond) {
        keeper.epoch(figures, imagesPerSecond);
        listener.epoch(imagesPerSecond);
    }

    @Override
    public void between(Snapshot snapshot) {
        count(snapshot.step());
        keeper.between(snapshot);
    }

    /** Counts what was trained up to a step. */
    void count(Step done) {
        listener.trained(done.value() - counted.value(), imagesBefore(done) - imagesBefore(counted));
        counted = done;
    }

    private long imagesBefore(Step step) {
        long epochs = step.value() / schedule.stepsPerEpoch();
        int batches = Math.toIntExact(step.value() % schedule.stepsPerEpoch());
        return epochs * schedule.images() + (batches == 0 ? 0 : schedule.batchEnd(batches - 1));
    }
}
