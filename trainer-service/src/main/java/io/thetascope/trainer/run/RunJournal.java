package io.thetascope.trainer.run;

import io.thetascope.contracts.event.CheckpointStored;
import io.thetascope.contracts.event.EpochCompleted;
import io.thetascope.contracts.identity.Attempt;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.identity.Step;
import io.thetascope.contracts.run.ArtifactRef;
import io.thetascope.contracts.run.Environment;
import io.thetascope.contracts.run.EpochFigures;
import io.thetascope.contracts.run.RunOutcome;
import io.thetascope.contracts.run.RunResult;
import io.thetascope.contracts.run.StoredCheckpoint;
import io.thetascope.messaging.trace.Stage;
import io.thetascope.trainer.network.NetworkState;
import io.thetascope.trainer.optimizer.Evidence;
import io.thetascope.trainer.run.TrainingListener.Stall;
import io.thetascope.trainer.training.Position;
import io.thetascope.trainer.training.Snapshot;
import io.thetascope.trainer.training.TrainingEnding;
import io.thetascope.trainer.training.TrainingEnding.Diverged;
import io.thetascope.trainer.training.TrainingObserver;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a run yields, stored first and announced then, and kept for its result. One thread. */
final class RunJournal implements TrainingObserver {
    private static final Logger LOG = LoggerFactory.getLogger(RunJournal.class);

    private final Heading heading;
    private final Announcements announcements;
    private final RunInterruption interruption;
    private final RunFiles files;
    private final ResumePoints resumePoints;
    private final ResumeInterval interval;
    private final InstantSource clock;
    private final TrainingListener listener;
    private final List<StoredCheckpoint> checkpoints = new ArrayList<>();
    private final List<EpochFigures> epochs = new ArrayList<>();
    private final List<Environment> earlierEnvironments = new ArrayList<>();
    private Optional<StoredCheckpoint> start = Optional.empty();
    private @Nullable Position resumable;

    /**
     * Whose journal it is.
     *
     * @param run trained
     * @param attempt at it
     * @param environment in which this attempt computes
     */
    record Heading(RunId run, Attempt attempt, Environment environment) {}

    /** Begins a journal. */
    RunJournal(
            Heading heading,
            Announcements announcements,
            RunInterruption interruption,
            RunFiles files,
            ResumePoints resumePoints,
            ResumeInterval interval,
            InstantSource clock,
            TrainingListener listener) {
        this.heading = heading;
        this.announcements = announcements;
        this.interruption = interruption;
        this.files = files;
        this.resumePoints = resumePoints;
        this.interval = interval;
        this.clock = clock;
        this.listener = listener;
    }

    /** Takes note of a starting point that somebody else stored and announced, for generation 1. */
    void startsFrom(StoredCheckpoint stored) {
        start = Optional.of(stored);
    }

    /** Takes over what was kept up to a resume point. */
    void continues(ResumePoint point) {
        checkpoints.addAll(point.checkpoints());
        epochs.addAll(point.epochs());
        earlierEnvironments.addAll(point.earlierEnvironments());
        if (!point.environment().fingerprint().equals(heading.environment.fingerprint())) {
            earlierEnvironments.add(point.environment());
            LOG.warn(
                    "run resumed in another environment run={} was='{}' is='{}'",
                    heading.run,
                    point.environment().fingerprint(),
                    heading.environment.fingerprint());
        }
        resumable = point.position();
    }

    @Override
    public void checkpoint(Step step, int epoch, NetworkState state, Optional<Evidence> evidence) {
        if (step.equals(Step.START) && start.isPresent()) {
            checkpoints.add(start.get());
            return;
        }
        listener.stands(Stall.CHECKPOINT, () -> keep(step, epoch, state, evidence));
    }

    private void keep(Step step, int epoch, NetworkState state, Optional<Evidence> evidence) {
        interruption.requireLease();
        StoredCheckpoint stored = listener.stores(() -> Stage.named("write checkpoint")
                .with("thetascope.step", step)
                .call(() -> files.checkpoint(step, epoch, state, evidence)));
        checkpoints.add(stored);
        announcements.announce(new CheckpointStored(heading.run, heading.attempt, stored, clock.instant()));
        LOG.info(
                "checkpoint stored run={} step={} bytes={}",
                heading.run,
                step,
                stored.artifact().bytes());
    }

    @Override
    public void epoch(EpochFigures figures, OptionalDouble imagesPerSecond) {
        epochs.add(figures);
        Double rate = imagesPerSecond.isPresent() ? imagesPerSecond.getAsDouble() : null;
        announcements.announce(new EpochCompleted(heading.run, heading.attempt, figures, rate));
        LOG.debug("epoch completed run={} epoch={} figures={}", heading.run, figures.epoch(), figures);
    }

    @Override
    public void between(Snapshot snapshot) {
        if (interval.due()) {
            interval.store(() -> listener.stands(Stall.RESUME_POINT, () -> makeResumable(snapshot)));
        }
    }

    /** Stores a resume point, unless there is one here already or there is nothing to go on from yet. */
    void makeResumable(Snapshot snapshot) {
        if (snapshot.position().epoch() == 0 || snapshot.position().equals(resumable)) {
            return;
        }
        announcements.settle(); // first, so that nothing large is stored again and again while Kafka is away
        interruption.requireLease();
        ArtifactRef tensors = resumePoints.storeTensors(snapshot);
        interruption.requireLease();
        resumePoints.makeCurrent(
                new ResumePoint(
                        snapshot.position(), tensors, checkpoints, epochs, heading.environment, earlierEnvironments),
                snapshot.step());
        resumable = snapshot.position();
    }

    /** Returns the result of the run, that ended so. */
    RunResult result(TrainingEnding ending) {
        @Nullable String reason = ending instanceof Diverged diverged ? diverged.reason() : null;
        return new RunResult(
                heading.run,
                heading.attempt,
                reason == null ? RunOutcome.FINISHED : RunOutcome.DIVERGED,
                reason,
                checkpoints,
                epochs,
                heading.environment,
                earlierEnvironments);
    }
}
