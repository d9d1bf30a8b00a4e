package io.thetascope.trainer.run;

import io.thetascope.artifacts.store.InMemoryObjectStore;
import io.thetascope.artifacts.store.ObjectStore;
import io.thetascope.contracts.event.EpochCompleted;
import io.thetascope.contracts.event.TrainJob;
import io.thetascope.contracts.identity.Attempt;
import io.thetascope.contracts.identity.Digest;
import io.thetascope.contracts.run.RunSpec;
import io.thetascope.jobqueue.JobEnding;
import io.thetascope.jobqueue.Lease;
import io.thetascope.jobqueue.LeaseEnd;
import io.thetascope.trainer.data.DatasetCache;
import io.thetascope.trainer.device.DeviceChoice;
import io.thetascope.trainer.device.TrainingDevice;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** A trainer on an in-memory store with recorded facts, and a small data set. */
final class RunFixture {
    static final Attempt ATTEMPT = Attempt.of(3, 1);
    static final Duration RESUME_EVERY = Duration.ofSeconds(30);

    final ObjectStore store = new InMemoryObjectStore(() -> Instant.EPOCH);
    final RecordedFacts facts = new RecordedFacts();
    final WantedRuns wanted = new WantedRuns(store);
    final AtomicLong leaseClock = new AtomicLong();
    final AtomicLong nanoTime = new AtomicLong();
    Lease lease = newLease();
    long secondsALook;
    final Digest dataset;
    final RunTraining training;

    RunFixture(Path folder) {
        this(folder, TrainingListener.NONE);
    }

    RunFixture(Path folder, TrainingListener listener) {
        dataset = SmallRuns.putDataset(store, folder);
        RunTraining.Trainer trainer =
                new RunTraining.Trainer("test-worker", folder, () -> Instant.EPOCH, this::look, RESUME_EVERY);
        training = new RunTraining(
                trainer,
                store,
                facts,
                wanted,
                TrainingDevice.open(new DeviceChoice("cpu")),
                new DatasetCache(store, folder),
                listener);
    }

    private long look() {
        return nanoTime.addAndGet(Duration.ofSeconds(secondsALook).toNanos());
    }

    private Lease newLease() {
        return new Lease(leaseClock::get, Duration.ofSeconds(30), 0);
    }

    /** The process wants to leave. */
    void leave() {
        LeaseEnd.stop(lease);
    }

    /** Another process has the job. */
    void comeBack() {
        leaseClock.set(0);
        lease = newLease();
        facts.events.clear();
        facts.listener = event -> {};
    }

    void atEpoch(int epoch, Runnable action) {
        facts.listener = event -> {
            if (event instanceof EpochCompleted completed && completed.figures().epoch() == epoch) {
                action.run();
            }
        };
    }

    JobEnding train(RunSpec spec) {
        return train(spec, ATTEMPT);
    }

    JobEnding train(RunSpec spec, Attempt attempt) {
        return training.run(new TrainJob(spec.id(), spec), attempt, lease);
    }
}
