package io.thetascope.trainer.run;

import ai.djl.ndarray.NDManager;
import io.thetascope.artifacts.Checkpoints;
import io.thetascope.artifacts.FailedAttempt;
import io.thetascope.artifacts.store.ObjectStore;
import io.thetascope.contracts.event.RunFinished;
import io.thetascope.contracts.event.RunStarted;
import io.thetascope.contracts.event.TrainJob;
import io.thetascope.contracts.identity.Attempt;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.identity.Step;
import io.thetascope.contracts.run.Environment;
import io.thetascope.contracts.run.RunOutcome;
import io.thetascope.contracts.run.RunResult;
import io.thetascope.contracts.run.RunSpec;
import io.thetascope.contracts.run.StoredCheckpoint;
import io.thetascope.jobqueue.JobEnding;
import io.thetascope.jobqueue.JobHandler;
import io.thetascope.jobqueue.Lease;
import io.thetascope.messaging.Facts;
import io.thetascope.trainer.data.DatasetCache;
import io.thetascope.trainer.data.ImageSets;
import io.thetascope.trainer.device.TrainingDevice;
import io.thetascope.trainer.training.Training;
import io.thetascope.trainer.training.TrainingEnding;
import io.thetascope.trainer.training.TrainingEnding.Diverged;
import io.thetascope.trainer.training.TrainingEnding.Stopped;
import io.thetascope.trainer.training.TrainingPlan;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Trains the runs of the queue, one at a time: looks first, then starts, trains, stores and announces. */
public final class RunTraining implements JobHandler<TrainJob> {
    private static final Logger LOG = LoggerFactory.getLogger(RunTraining.class);

    private final Trainer trainer;
    private final ObjectStore store;
    private final Facts facts;
    private final WantedRuns wanted;
    private final TrainingDevice device;
    private final DatasetCache datasets;
    private final FinishedRuns finished;

    /**
     * What a trainer process brings.
     *
     * @param worker its name, as facts show it
     * @param folder for files on their way
     * @param clock for facts
     * @param nanoTime for rates
     */
    public record Trainer(String worker, Path folder, InstantSource clock, LongSupplier nanoTime) {}

    /** Trains on this device, from this store, announcing there. */
    public RunTraining(
            Trainer trainer,
            ObjectStore store,
            Facts facts,
            WantedRuns wanted,
            TrainingDevice device,
            DatasetCache datasets) {
        this.trainer = trainer;
        this.store = store;
        this.facts = facts;
        this.wanted = wanted;
        this.device = device;
        this.datasets = datasets;
        this.finished = new FinishedRuns(store);
    }

    @Override
    public JobEnding run(TrainJob job, Attempt attempt, Lease lease) {
        RunInterruption interruption = new RunInterruption(job.runId(), lease, wanted);
        Announcements announcements = new Announcements(facts, interruption);
        try {
            Optional<RunFinished> before = finished.find(job.runId(), trainer.clock.instant());
            if (before.isPresent()) {
                LOG.info("run finished before run={} attempt={}", job.runId(), attempt);
                return ended(announcements, before.get());
            }
            if (interruption.raised()) {
                return interrupted(job.runId(), attempt, interruption, announcements);
            }
            return train(job, attempt, interruption, announcements);
        } catch (LeaseLostException e) {
            LOG.warn("run left to another worker run={} attempt={}", job.runId(), attempt, e);
            return new JobEnding.Released();
        }
    }

    private JobEnding train(TrainJob job, Attempt attempt, RunInterruption interruption, Announcements announcements) {
        RunId run = job.runId();
        RunSpec spec = job.spec();
        Environment environment = device.withThreads(spec.threads());
        announcements.announce(
                new RunStarted(run, attempt, trainer.worker, Step.START, environment, trainer.clock.instant()));
        LOG.info(
                "run started run={} attempt={} network={} dataset={} optimizer={} fingerprint='{}'",
                run,
                attempt,
                spec.network(),
                spec.dataset().name(),
                spec.optimizer().kind(),
                environment.fingerprint());
        ImageSets images = datasets.images(spec.dataset(), spec.input().height());
        try (NDManager memory = device.memory();
                Training training =
                        new Training(memory, TrainingPlan.of(spec), images.train(), images.test(), trainer.nanoTime)) {
            Optional<StoredCheckpoint> start =
                    new StartingPoint(store, trainer.folder).apply(run, spec, training.weights());
            RunJournal journal = new RunJournal(
                    run,
                    attempt,
                    announcements,
                    interruption,
                    new Checkpoints(store),
                    trainer.folder,
                    trainer.clock,
                    start);
            TrainingEnding ending = training.run(journal, interruption);
            if (ending instanceof Stopped) {
                return interrupted(run, attempt, interruption, announcements);
            }
            announcements.settle();
            interruption.requireLease();
            return ended(announcements, finished.write(result(run, attempt, ending, journal, environment), now()));
        }
    }

    private Instant now() {
        return trainer.clock.instant();
    }

    private static RunResult result(
            RunId run, Attempt attempt, TrainingEnding ending, RunJournal journal, Environment environment) {
        @Nullable String reason = ending instanceof Diverged diverged ? diverged.reason() : null;
        RunOutcome outcome = reason == null ? RunOutcome.FINISHED : RunOutcome.DIVERGED;
        return new RunResult(run, attempt, outcome, reason, journal.checkpoints(), journal.epochs(), environment);
    }

    private JobEnding interrupted(
            RunId run, Attempt attempt, RunInterruption interruption, Announcements announcements) {
        LOG.info("run interrupted run={} attempt={} cause={}", run, attempt, interruption.cause());
        if (interruption.cause() != RunInterruption.Cause.NOT_WANTED) {
            return new JobEnding.Released();
        }
        return ended(announcements, without(run, attempt, RunOutcome.CANCELLED, "no study wants this run any more"));
    }

    private static JobEnding ended(Announcements announcements, RunFinished announcement) {
        announcements.announce(announcement);
        announcements.settle();
        LOG.info("run ended run={} outcome={}", announcement.runId(), announcement.outcome());
        return new JobEnding.Done();
    }

    private RunFinished without(RunId run, Attempt attempt, RunOutcome outcome, String reason) {
        return new RunFinished(run, attempt, outcome, reason, null, null, now());
    }

    @Override
    public long progress(TrainJob job) {
        return new Checkpoints(store).latest(job.runId()).map(Step::value).orElse(0L);
    }

    @Override
    public void gaveUp(TrainJob job, FailedAttempt last, int failures) {
        RunFinished failed = without(
                job.runId(),
                last.attempt(),
                RunOutcome.FAILED,
                "given up after " + failures + " failures: " + last.error());
        facts.publish(failed).join();
    }
}
