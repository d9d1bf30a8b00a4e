package io.thetascope.trainer.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.thetascope.contracts.identity.Step;
import io.thetascope.contracts.run.EpochFigures;
import io.thetascope.contracts.run.Figures;
import io.thetascope.contracts.run.TrainingSchedule;
import io.thetascope.trainer.data.ImageSets;
import io.thetascope.trainer.network.ForwardPass;
import io.thetascope.trainer.network.NetworkState;
import io.thetascope.trainer.network.Torch;
import io.thetascope.trainer.optimizer.Evidence;
import io.thetascope.trainer.optimizer.FlatUpdate;
import io.thetascope.trainer.training.TrainingEnding.Completed;
import io.thetascope.trainer.training.TrainingEnding.Diverged;
import io.thetascope.trainer.training.TrainingEnding.Stopped;
import java.nio.LongBuffer;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * One training: its state, its images on the device, and the loop over epochs and batches. One at a time in a process.
 *
 * <p>Owns its native memory; the caller closes it.
 */
public final class Training implements AutoCloseable {
    private final NDManager owner;
    private final TrainingPlan plan;
    private final TrainingSchedule schedule;
    private final NetworkState state;
    private final Optional<Evidence> evidence;
    private final FlatUpdate update;
    private final TrainingStep step;
    private final TrainingSets sets;
    private final BatchFigures figures;
    private final Set<Step> kept;
    private final Pace pace;
    private Position position = Position.START;

    /**
     * Prepares a training with all weights 0.
     *
     * @param parent decides the device
     * @param images as many for training as the schedule says
     * @param nanoTime for the rate in images a second alone
     */
    public Training(NDManager parent, TrainingPlan plan, ImageSets images, LongSupplier nanoTime) {
        this.plan = plan;
        this.schedule = plan.schedule();
        if (images.train().count() != schedule.images()) {
            throw new IllegalArgumentException("the schedule is for " + schedule.images() + " training images, found "
                    + images.train().count());
        }
        this.owner = parent.newSubManager();
        this.state = NetworkState.of(owner, plan.network(), plan.type());
        long parameters = plan.network().parameterCount();
        this.evidence = plan.evidence() ? Optional.of(new Evidence(owner, parameters)) : Optional.empty();
        ForwardPass forward = new ForwardPass(plan.network(), state.statistics(), plan.dropout());
        this.update = new FlatUpdate(owner, plan.optimizer(), state.weights(), evidence);
        this.step = new TrainingStep(forward, state.weights(), update, plan.learningRate());
        this.sets = TrainingSets.of(owner, plan, images, new Evaluation(owner, forward, state, plan.type()));
        this.figures = new BatchFigures(owner, schedule.batchSizes(), plan.type());
        this.kept = new HashSet<>(schedule.checkpointSteps());
        this.pace = new Pace(nanoTime);
    }

    /** Returns weights and running statistics, to be set to the starting point before {@link #run}. */
    public NetworkState state() {
        return state;
    }

    /** Returns what is needed to go on from here: to be written between steps, or overwritten before {@link #resumeAt}. */
    public Snapshot snapshot() {
        return new Snapshot(position, position.step(schedule), state, update.state(), evidence, figures);
    }

    /** Lets {@link #run} go on from a position; the snapshot was overwritten with what belongs to it. */
    public void resumeAt(Position there) {
        position = there;
    }

    /** Trains from where it stands to the end, or until the loss is not finite or the signal is raised. */
    public TrainingEnding run(TrainingObserver observer, StopSignal stop) {
        Optional<TrainingEnding> ending = position.equals(Position.START) ? start(observer, stop) : Optional.empty();
        while (ending.isEmpty() && position.epoch() <= schedule.epochs()) {
            ending = epoch(observer, stop);
        }
        return ending.orElseGet(() -> new Completed(schedule.lastStep()));
    }

    private Optional<TrainingEnding> start(TrainingObserver observer, StopSignal stop) {
        observer.checkpoint(Step.START, 0, state, Optional.empty());
        Optional<Figures> train = sets.evaluateTrain(stop);
        Optional<EpochFigures> start = train.flatMap(t -> sets.evaluate(0, Step.START, t, stop));
        if (start.isEmpty()) {
            return Optional.of(new Stopped(Step.START));
        }
        observer.epoch(start.get(), OptionalDouble.empty());
        position = position.afterEpoch();
        return finite(start.get()) ? Optional.empty() : Optional.of(new Diverged(Step.START, Step.START));
    }

    private Optional<TrainingEnding> epoch(TrainingObserver observer, StopSignal stop) {
        try (NDManager scope = owner.newSubManager()) {
            long[] order = plan.order().ofEpoch(position.epoch());
            NDArray orderN = scope.create(LongBuffer.wrap(order), new Shape(order.length));
            pace.start();
            while (position.batches() < schedule.stepsPerEpoch()) {
                Optional<TrainingEnding> ending = batch(orderN, observer, stop);
                if (ending.isPresent()) {
                    return ending;
                }
            }
            return close(observer, stop);
        }
    }

    private Optional<TrainingEnding> batch(NDArray orderN, TrainingObserver observer, StopSignal stop) {
        if (stop.raised()) {
            return Optional.of(new Stopped(position.step(schedule)));
        }
        int from = schedule.batchStart(position.batches());
        int to = schedule.batchEnd(position.batches());
        position = position.afterBatch();
        try (NDManager scope = owner.newSubManager()) {
            NDArray indexB = Torch.range(orderN, from, to);
            indexB.attach(scope);
            step.take(scope, position.step(schedule).value(), sets.train().gather(scope, indexB), figures);
        }
        pace.images(to - from);
        // the last batch's checkpoint is kept after the epoch's evaluation
        return position.batches() < schedule.stepsPerEpoch() ? between(observer) : Optional.empty();
    }

    private Optional<TrainingEnding> between(TrainingObserver observer) {
        Step done = position.step(schedule);
        Optional<TrainingEnding> diverged = Optional.empty();
        pace.pause();
        if (kept.contains(done)) {
            diverged = divergence(done);
            if (diverged.isEmpty()) {
                observer.checkpoint(done, position.epoch(), state, evidence);
            }
        }
        if (diverged.isEmpty()) {
            observer.between(snapshot());
        }
        pace.start();
        return diverged;
    }

    private Optional<TrainingEnding> divergence(Step done) {
        OptionalInt broken = figures.firstNotFinite();
        return broken.isPresent()
                ? Optional.of(new Diverged(new Position(position.epoch(), broken.getAsInt()).step(schedule), done))
                : Optional.empty();
    }

    private Optional<TrainingEnding> close(TrainingObserver observer, StopSignal stop) {
        Step done = position.step(schedule);
        Optional<TrainingEnding> broken = divergence(done);
        OptionalDouble rate = pace.finish();
        if (broken.isPresent()) {
            return broken;
        }
        Optional<EpochFigures> closed = sets.evaluate(position.epoch(), done, figures.figures(), stop);
        if (closed.isEmpty()) {
            return Optional.of(new Stopped(done));
        }
        if (!finite(closed.get())) {
            return Optional.of(new Diverged(done, done));
        }
        if (kept.contains(done)) {
            observer.checkpoint(done, position.epoch(), state, evidence);
        }
        observer.epoch(closed.get(), rate);
        position = position.afterEpoch();
        figures.clear();
        observer.between(snapshot());
        return Optional.empty();
    }

    private static boolean finite(EpochFigures figures) {
        return figures.train().loss() != null && figures.test().loss() != null;
    }

    @Override
    public void close() {
        owner.close();
    }
}
