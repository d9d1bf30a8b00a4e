package io.thetascope.artifacts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thetascope.artifacts.safetensors.SafetensorsWriter;
import io.thetascope.artifacts.safetensors.TensorSpec;
import io.thetascope.artifacts.safetensors.WrittenFile;
import io.thetascope.artifacts.store.DamagedObjectException;
import io.thetascope.artifacts.store.InMemoryObjectStore;
import io.thetascope.artifacts.store.ObjectStore;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.identity.Step;
import io.thetascope.contracts.run.ArtifactRef;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointsTest {
    private static final RunId RUN = new RunId("r0123456789abcdef0123");

    @TempDir
    Path folder;

    private final ObjectStore store = new InMemoryObjectStore(InstantSource.fixed(Instant.EPOCH));
    private final Checkpoints checkpoints = new Checkpoints(store);

    @Test
    void storedCheckpointsAreFoundByStepAndComeBackVerified() {
        ArtifactRef start = checkpoints.store(RUN, Step.START, weights(0));
        ArtifactRef later = checkpoints.store(RUN, new Step(640), weights(1));

        assertThat(checkpoints.list(RUN)).extracting(StepKey::key).containsExactly(start.key(), later.key());
        assertThat(checkpoints.find(RUN, new Step(640)))
                .extracting(StepKey::key)
                .containsExactly(later.key());
        assertThat(checkpoints.find(RUN, new Step(64))).isEmpty();
        assertThat(checkpoints.latest(RUN)).contains(new Step(640));
        assertThat(checkpoints.download(later, folder.resolve("cache"))).hasSize(later.bytes());
    }

    @Test
    void twoWritersWithOtherBytesDoNotReplaceEachOther() {
        checkpoints.store(RUN, new Step(640), weights(1));
        checkpoints.store(RUN, new Step(640), weights(2));

        assertThat(checkpoints.find(RUN, new Step(640))).hasSize(2);
    }

    @Test
    void aDamagedCheckpointIsRefusedByName() {
        ArtifactRef ref = checkpoints.store(RUN, new Step(640), weights(1));
        store.put(ref.key(), new byte[(int) ref.bytes()]);

        assertThatThrownBy(() -> checkpoints.download(ref, folder.resolve("cache")))
                .isInstanceOf(DamagedObjectException.class)
                .hasMessageContaining(ref.key());
    }

    @Test
    void aDamagedJsonObjectIsRefusedByName() {
        JsonObjects json = new JsonObjects(store);
        ArtifactRef ref = json.write("a.json", Map.of("key", "k", "sha256", "no digest", "bytes", 1));

        assertThat(store.get("a.json")).hasSize((int) ref.bytes());
        assertThat(json.read("b.json", ArtifactRef.class)).isEmpty();
        assertThatThrownBy(() -> json.read("a.json", ArtifactRef.class))
                .isInstanceOf(DamagedObjectException.class)
                .hasMessageContaining("a.json: not a ArtifactRef");
    }

    private WrittenFile weights(float value) {
        List<TensorSpec> tensors = List.of(TensorSpec.f32("w", List.of(1)));
        try (SafetensorsWriter writer = SafetensorsWriter.create(folder.resolve("w"), Map.of(), tensors)) {
            writer.writeFloats("w", new float[] {value});
            return writer.finish();
        }
    }
}
