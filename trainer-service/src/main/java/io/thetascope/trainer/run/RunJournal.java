package io.thetascope.trainer.run;

import io.thetascope.artifacts.Checkpoints;
import io.thetascope.artifacts.safetensors.WrittenFile;
import io.thetascope.contracts.event.CheckpointStored;
import io.thetascope.contracts.event.EpochCompleted;
import io.thetascope.contracts.identity.Attempt;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.identity.Step;
import io.thetascope.contracts.run.EpochFigures;
import io.thetascope.contracts.run.StoredCheckpoint;
import io.thetascope.trainer.checkpoint.CheckpointFile;
import io.thetascope.trainer.network.FlatWeights;
import io.thetascope.trainer.training.TrainingObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a run yields, stored first and announced then, and kept for its result. One thread. */
final class RunJournal implements TrainingObserver {
    private static final Logger LOG = LoggerFactory.getLogger(RunJournal.class);

    private final RunId run;
    private final Attempt attempt;
    private final Announcements announcements;
    private final RunInterruption interruption;
    private final Checkpoints store;
    private final Path folder;
    private final InstantSource clock;
    private final Optional<StoredCheckpoint> start;
    private final List<StoredCheckpoint> checkpoints = new ArrayList<>();
    private final List<EpochFigures> epochs = new ArrayList<>();

    /**
     * Begins a journal.
     *
     * @param start the starting point that somebody else stored and announced, for generation 1
     * @param folder for files on their way to the store
     */
    RunJournal(
            RunId run,
            Attempt attempt,
            Announcements announcements,
            RunInterruption interruption,
            Checkpoints store,
            Path folder,
            InstantSource clock,
            Optional<StoredCheckpoint> start) {
        this.run = run;
        this.attempt = attempt;
        this.announcements = announcements;
        this.interruption = interruption;
        this.store = store;
        this.folder = folder;
        this.clock = clock;
        this.start = start;
    }

    @Override
    public void checkpoint(Step step, int epoch, FlatWeights weights) {
        if (step.equals(Step.START) && start.isPresent()) {
            checkpoints.add(start.get());
            return;
        }
        interruption.requireLease();
        StoredCheckpoint stored = store(step, epoch, weights);
        checkpoints.add(stored);
        announcements.announce(new CheckpointStored(run, attempt, stored, clock.instant()));
        LOG.info(
                "checkpoint stored run={} step={} bytes={}",
                run,
                step,
                stored.artifact().bytes());
    }

    private StoredCheckpoint store(Step step, int epoch, FlatWeights weights) {
        Path target = folder.resolve(run + "-" + step + ".safetensors");
        try {
            Files.createDirectories(folder);
            WrittenFile file = CheckpointFile.write(target, run, step, epoch, weights);
            return new StoredCheckpoint(step, epoch, store.store(run, step, file));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write into " + folder, e);
        } finally {
            remove(target);
        }
    }

    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("file not removed file={}", file, e);
        }
    }

    @Override
    public void epoch(EpochFigures figures, OptionalDouble imagesPerSecond) {
        epochs.add(figures);
        Double rate = imagesPerSecond.isPresent() ? imagesPerSecond.getAsDouble() : null;
        announcements.announce(new EpochCompleted(run, attempt, figures, rate));
        LOG.debug("epoch completed run={} epoch={} figures={}", run, figures.epoch(), figures);
    }

    /** Returns the lineage so far, ascending by step. */
    List<StoredCheckpoint> checkpoints() {
        return List.copyOf(checkpoints);
    }

    /** Returns the figures so far, epoch 0 first. */
    List<EpochFigures> epochs() {
        return List.copyOf(epochs);
    }
}
