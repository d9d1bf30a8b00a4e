package io.thetascope.gateway.testing;

import io.thetascope.artifacts.Checkpoints;
import io.thetascope.artifacts.safetensors.SafetensorsWriter;
import io.thetascope.artifacts.safetensors.TensorSpec;
import io.thetascope.artifacts.safetensors.WrittenFile;
import io.thetascope.artifacts.store.ObjectStore;
import io.thetascope.contracts.event.CheckpointStored;
import io.thetascope.contracts.event.EpochCompleted;
import io.thetascope.contracts.identity.Attempt;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.identity.Step;
import io.thetascope.contracts.run.EpochFigures;
import io.thetascope.contracts.run.Figures;
import io.thetascope.contracts.run.InputShape;
import io.thetascope.contracts.run.RunOutcome;
import io.thetascope.contracts.run.StoredCheckpoint;
import io.thetascope.messaging.Facts;
import io.thetascope.networks.Networks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Stores a checkpoint of zeros and announces a run's whole life. */
public final class FakeTrainer {
    private static final Attempt ATTEMPT = Attempt.of(0, 1);

    private final ObjectStore store;
    private final Facts facts;

    public FakeTrainer(ObjectStore store, Facts facts) {
        this.store = store;
        this.facts = facts;
    }

    public StoredCheckpoint train(RunId run) {
        StoredCheckpoint checkpoint = checkpoint(run);
        facts.publish(Samples.started(run, ATTEMPT)).join();
        facts.publish(new CheckpointStored(run, ATTEMPT, checkpoint, Samples.NOON))
                .join();
        facts.publish(new EpochCompleted(
                        run,
                        ATTEMPT,
                        new EpochFigures(
                                1, new Step(32), new Figures(1.0, 0.5), new Figures(1.1, 0.4), new Figures(1.2, 0.3)),
                        3_000.0))
                .join();
        facts.publish(Samples.ended(run, ATTEMPT, RunOutcome.FINISHED, Samples.NOON))
                .join();
        return checkpoint;
    }

    private StoredCheckpoint checkpoint(RunId run) {
        List<TensorSpec> tensors = Networks.named("lenet", new InputShape(1, 32, 32)).state().stream()
                .map(t -> TensorSpec.f32(t.name(), t.shape().extents()))
                .toList();
        try {
            Path folder = Files.createTempDirectory("fake-trainer");
            Path file = folder.resolve("checkpoint.safetensors");
            try (SafetensorsWriter writer = SafetensorsWriter.create(file, Map.of("run", run.value()), tensors)) {
                for (TensorSpec tensor : tensors) {
                    writer.writeFloats(tensor.name(), new float[(int) tensor.elements()]);
                }
                WrittenFile written = writer.finish();
                return new StoredCheckpoint(Step.START, 0, new Checkpoints(store).store(run, Step.START, written));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("no temporary folder", e);
        }
    }
}
