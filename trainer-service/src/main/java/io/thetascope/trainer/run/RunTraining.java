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
import io.thetascope.contracts.run.RunSpec;
import io.thetascope.jobqueue.JobEnding;
import io.thetascope.jobqueue.JobHandler;
import io.thetascope.jobqueue.Lease;
import io.thetascope.messaging.Facts;
import io.thetascope.messaging.trace.Stage;
import io.thetascope.trainer.data.DatasetCache;
import io.thetascope.trainer.data.ImageSets;
import io.thetascope.trainer.device.TrainingDevice;
import io.thetascope.trainer.training.Training;
import io.thetascope.trainer.training.TrainingEnding;
import io.thetascope.trainer.training.TrainingEnding.Stopped;
import io.thetascope.trainer.training.TrainingPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;
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
    private final TrainingListener listener;

    /**
     * What a trainer process brings.
     *
     * @param worker its name, as facts show it
     * @param folder for files on their way, its own
     * @param clock for facts
     * @param nanoTime for rates and for when a resume point is due
     * @param resumeEvery so long after the one before a resume point is due
     */
    public record Trainer(
            String worker, Path folder, InstantSource clock, LongSupplier nanoTime, Duration resumeEvery) {}

    /** Trains on this device, from this store, announcing there, and tells the listener how it gets on. */
    public RunTraining(
            Trainer trainer,
            ObjectStore store,
            Facts facts,
            WantedRuns wanted,
            TrainingDevice device,
            DatasetCache datasets,
            TrainingListener listener) {
        this.trainer = trainer;
        this.store = store;
        this.facts = facts;
        this.wanted = wanted;
        this.device = device;
        this.datasets = datasets;
        this.finished = new FinishedRuns(store);
        this.listener = listener;
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
            listener.begins();
            return stage(job, attempt).call(() -> train(job, attempt, interruption, announcements));
        } catch (LeaseLostException e) {
            LOG.warn("run left to another worker run={} attempt={}", job.runId(), attempt, e);
            return new JobEnding.Released();
        } finally {
            listener.ends();
        }
    }

    private static Stage stage(TrainJob job, Attempt attempt) {
        return Stage.named("train run")
                .with("thetascope.run.id", job.runId())
                .with("thetascope.attempt", attempt)
                .with("thetascope.network", job.spec().network())
                .with("thetascope.dataset", job.spec().dataset().name())
                .with("thetascope.generation", job.spec().generation());
    }

    private JobEnding train(TrainJob job, Attempt attempt, RunInterruption interruption, Announcements announcements) {
        RunSpec spec = job.spec();
        Environment environment = device.withThreads(spec.threads());
        ImageSets images = datasets.images(spec.dataset(), spec.input().height());
        try (NDManager memory = device.memory();
                Training training = new Training(memory, TrainingPlan.of(spec), images, trainer.nanoTime)) {
            RunFiles files = new RunFiles(store, job.runId(), trainer.folder);
            ResumePoints resumePoints = new ResumePoints(files);
            RunJournal journal = new RunJournal(
                    new RunJournal.Heading(job.runId(), attempt, environment),
                    announcements,
                    interruption,
                    files,
                    resumePoints,
                    new ResumeInterval(trainer.resumeEvery, trainer.nanoTime),
                    trainer.clock,
                    listener);
            Step from = begin(training, journal, resumePoints, spec);
            started(job, attempt, from, environment, announcements);
            CountedTraining counted =
                    new CountedTraining(journal, TrainingPlan.of(spec).schedule(), listener, from);
            TrainingEnding ending = training.run(counted, interruption);
            counted.count(training.snapshot().step());
            if (ending instanceof Stopped) {
                if (interruption.cause() == RunInterruption.Cause.LEAVING) {
                    journal.makeResumable(training.snapshot());
                }
                return interrupted(job.runId(), attempt, interruption, announcements);
            }
            announcements.settle();
            interruption.requireLease();
            return endedHere(announcements, finished.write(journal.result(ending), now()));
        }
    }

    /** Sets a training to where it goes on, or else to where it starts, and returns the steps done. */
    private Step begin(Training training, RunJournal journal, ResumePoints resumePoints, RunSpec spec) {
        Optional<ResumePoint> resumed = resumePoints.load(training.snapshot());
        if (resumed.isPresent()) {
            training.resumeAt(resumed.get().position());
            journal.continues(resumed.get());
        } else {
            new StartingPoint(store, trainer.folder)
                    .apply(spec.id(), spec, training.state())
                    .ifPresent(journal::startsFrom);
        }
        return training.snapshot().step();
    }

    private void started(
            TrainJob job, Attempt attempt, Step from, Environment environment, Announcements announcements) {
        announcements.announce(new RunStarted(job.runId(), attempt, trainer.worker, from, environment, now()));
        RunSpec spec = job.spec();
        LOG.info(
                "run started run={} attempt={} step={} network={} dataset={} optimizer={} fingerprint='{}'",
                job.runId(),
                attempt,
                from,
                spec.network(),
                spec.dataset().name(),
                spec.optimizer().kind(),
                environment.fingerprint());
    }

    private Instant now() {
        return trainer.clock.instant();
    }

    private JobEnding interrupted(
            RunId run, Attempt attempt, RunInterruption interruption, Announcements announcements) {
        LOG.info("run interrupted run={} attempt={} cause={}", run, attempt, interruption.cause());
        if (interruption.cause() != RunInterruption.Cause.NOT_WANTED) {
            return new JobEnding.Released();
        }
        return endedHere(
                announcements, without(run, attempt, RunOutcome.CANCELLED, "no study wants this run any more"));
    }

    private JobEnding endedHere(Announcements announcements, RunFinished announcement) {
        JobEnding ending = ended(announcements, announcement);
        listener.runEnded(announcement.outcome());
        return ending;
    }

    private JobEnding ended(Announcements announcements, RunFinished announcement) {
        announcements.announce(announcement);
        announcements.settle();
        if (announcement.outcome().forGood()) {
            new ResumePoints(new RunFiles(store, announcement.runId(), trainer.folder)).removeAll();
        }
        LOG.info("run ended run={} outcome={}", announcement.runId(), announcement.outcome());
        return new JobEnding.Done();
    }

    private RunFinished without(RunId run, Attempt attempt, RunOutcome outcome, String reason) {
        return new RunFinished(run, attempt, outcome, reason, null, null, now());
    }

    @Override
    public long progress(TrainJob job) {
        long kept = new Checkpoints(store).latest(job.runId()).map(Step::value).orElse(0L);
        return Math.max(kept, ResumePoints.latest(store, job.runId()));
    }

    @Override
    public void gaveUp(TrainJob job, FailedAttempt last, int failures) {
        RunFinished failed = without(
                job.runId(),
                last.attempt(),
                RunOutcome.FAILED,
                "given up after " + failures + " failures: " + last.error());
        facts.publish(failed).join();
        listener.runEnded(RunOutcome.FAILED);
    }
}
