package io.thetascope.trainer.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.thetascope.contracts.identity.Step;
import io.thetascope.contracts.run.EpochFigures;
import io.thetascope.contracts.run.Figures;
import io.thetascope.contracts.run.TrainingSchedule;
import io.thetascope.trainer.data.DeviceImages;
import io.thetascope.trainer.data.HostImages;
import io.thetascope.trainer.network.FlatWeights;
import io.thetascope.trainer.network.ForwardPass;
import io.thetascope.trainer.network.Torch;
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
 * One training: its weights, its images on the device, and the loop over epochs and batches. One at a time in a process.
 *
 * <p>Owns its native memory; the caller closes it.
 */
public final class Training implements AutoCloseable {
    private static final double NANOS = 1e9;

    private final NDManager owner;
    private final TrainingPlan plan;
    private final TrainingSchedule schedule;
    private final LongSupplier nanoTime;
    private final FlatWeights weights;
    private final DeviceImages trainSet;
    private final DeviceImages testSet;
    private final Evaluation evaluation;
    private final TrainingStep step;
    private final Set<Step> kept;

    /**
     * Prepares a training with all weights 0.
     *
     * @param parent decides the device
     * @param train as many images as the schedule says
     * @param nanoTime for the rate in images a second alone
     */
    public Training(NDManager parent, TrainingPlan plan, HostImages train, HostImages test, LongSupplier nanoTime) {
        if (train.count() != plan.schedule().images()) {
            throw new IllegalArgumentException(
                    "the schedule is for " + plan.schedule().images() + " training images, found " + train.count());
        }
        this.owner = parent.newSubManager();
        this.plan = plan;
        this.schedule = plan.schedule();
        this.nanoTime = nanoTime;
        this.weights = new FlatWeights(owner, plan.network().parameters(), plan.type());
        this.trainSet = images(train);
        this.testSet = images(test);
        ForwardPass forward = new ForwardPass(plan.network());
        this.evaluation = new Evaluation(owner, forward, weights, plan.type());
        FlatUpdate update = new FlatUpdate(owner, plan.optimizer(), weights);
        this.step = new TrainingStep(forward, weights, update, plan.learningRate());
        this.kept = new HashSet<>(schedule.checkpointSteps());
    }

    private DeviceImages images(HostImages images) {
        return new DeviceImages(
                owner, images, plan.normalization(), plan.network().input(), plan.type());
    }

    /** Returns the weights, to be set to the starting point before {@link #run}. */
    public FlatWeights weights() {
        return weights;
    }

    /** Trains from the weights as they are to the end, or until the loss is not finite or the signal is raised. */
    public TrainingEnding run(TrainingObserver observer, StopSignal stop) {
        Optional<TrainingEnding> ending = start(observer);
        for (int epoch = 1; ending.isEmpty() && epoch <= schedule.epochs(); epoch++) {
            ending = epoch(epoch, observer, stop);
        }
        return ending.orElseGet(() -> new Completed(schedule.lastStep()));
    }

    private Optional<TrainingEnding> start(TrainingObserver observer) {
        observer.checkpoint(Step.START, 0, weights);
        Figures train = evaluation.of(trainSet);
        EpochFigures figures = new EpochFigures(0, Step.START, train, evaluation.of(testSet));
        observer.epoch(figures, OptionalDouble.empty());
        return finite(figures) ? Optional.empty() : Optional.of(new Diverged(Step.START, Step.START));
    }

    private Optional<TrainingEnding> epoch(int epoch, TrainingObserver observer, StopSignal stop) {
        int batches = schedule.stepsPerEpoch();
        try (NDManager scope = owner.newSubManager();
                BatchFigures losses = new BatchFigures(scope, batches, plan.type())) {
            NDArray orderN = scope.create(LongBuffer.wrap(plan.order().ofEpoch(epoch)), new Shape(schedule.images()));
            long started = nanoTime.getAsLong();
            for (int batch = 0; batch < batches - 1; batch++) {
                Optional<TrainingEnding> ending = batch(epoch, batch, orderN, losses, stop);
                if (ending.isEmpty() && kept.contains(stepAt(epoch, batch + 1))) {
                    ending = keep(epoch, batch + 1, losses, observer);
                }
                if (ending.isPresent()) {
                    return ending;
                }
            }
            Optional<TrainingEnding> ending = batch(epoch, batches - 1, orderN, losses, stop);
            return ending.isPresent() ? ending : close(epoch, losses, started, observer);
        }
    }

    private Optional<TrainingEnding> batch(int epoch, int batch, NDArray orderN, BatchFigures losses, StopSignal stop) {
        if (stop.raised()) {
            return Optional.of(new Stopped(stepAt(epoch, batch)));
        }
        try (NDManager scope = owner.newSubManager()) {
            NDArray indexB = Torch.range(orderN, schedule.batchStart(batch), schedule.batchEnd(batch));
            indexB.attach(scope);
            step.take(scope, stepAt(epoch, batch + 1).value(), trainSet.gather(scope, indexB), losses);
        }
        return Optional.empty();
    }

    private Optional<TrainingEnding> keep(int epoch, int batchesDone, BatchFigures losses, TrainingObserver observer) {
        Step done = stepAt(epoch, batchesDone);
        OptionalInt broken = losses.firstNotFinite();
        if (broken.isPresent()) {
            return Optional.of(new Diverged(stepAt(epoch, broken.getAsInt()), done));
        }
        observer.checkpoint(done, epoch, weights);
        return Optional.empty();
    }

    private Optional<TrainingEnding> close(int epoch, BatchFigures losses, long started, TrainingObserver observer) {
        Step done = stepAt(epoch, schedule.stepsPerEpoch());
        OptionalInt broken = losses.firstNotFinite();
        double seconds = (nanoTime.getAsLong() - started) / NANOS;
        if (broken.isPresent()) {
            return Optional.of(new Diverged(stepAt(epoch, broken.getAsInt()), done));
        }
        EpochFigures figures = new EpochFigures(epoch, done, losses.figures(), evaluation.of(testSet));
        if (!finite(figures)) {
            return Optional.of(new Diverged(done, done));
        }
        if (kept.contains(done)) {
            observer.checkpoint(done, epoch, weights);
        }
        observer.epoch(figures, OptionalDouble.of(schedule.images() / seconds));
        return Optional.empty();
    }

    private static boolean finite(EpochFigures figures) {
        return figures.train().loss() != null && figures.test().loss() != null;
    }

    private Step stepAt(int epoch, int batches) {
        return new Step((long) (epoch - 1) * schedule.stepsPerEpoch() + batches);
    }

    @Override
    public void close() {
        owner.close();
    }
}
