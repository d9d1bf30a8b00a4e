package io.thetascope.analyzer;

import io.thetascope.artifacts.ArtifactKeys;
import io.thetascope.artifacts.Checkpoints;
import io.thetascope.artifacts.EvidenceTensors;
import io.thetascope.artifacts.JsonObjects;
import io.thetascope.artifacts.safetensors.DType;
import io.thetascope.artifacts.safetensors.SafetensorsWriter;
import io.thetascope.artifacts.safetensors.TensorSpec;
import io.thetascope.artifacts.safetensors.WrittenFile;
import io.thetascope.artifacts.store.ObjectStore;
import io.thetascope.contracts.event.CheckpointStored;
import io.thetascope.contracts.event.RunFinished;
import io.thetascope.contracts.identity.Attempt;
import io.thetascope.contracts.identity.Digest;
import io.thetascope.contracts.identity.Step;
import io.thetascope.contracts.run.ArtifactRef;
import io.thetascope.contracts.run.CheckpointSchedule;
import io.thetascope.contracts.run.DatasetUse;
import io.thetascope.contracts.run.Environment;
import io.thetascope.contracts.run.Initialization;
import io.thetascope.contracts.run.InputShape;
import io.thetascope.contracts.run.OptimizerSpec;
import io.thetascope.contracts.run.RunOutcome;
import io.thetascope.contracts.run.RunResult;
import io.thetascope.contracts.run.RunSpec;
import io.thetascope.contracts.run.Seeds;
import io.thetascope.contracts.run.StoredCheckpoint;
import io.thetascope.networks.NetworkDescription;
import io.thetascope.networks.Networks;
import io.thetascope.networks.Parameter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes what gateway and trainer would have written, and returns the facts that they would announce. */
public final class World {
    public static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    public static final NetworkDescription LENET = Networks.named("lenet", new InputShape(1, 32, 32));
    public static final int TEST_IMAGES = 40;

    /** Steps 0, 2 and 4. */
    public static final int TRAIN_IMAGES = 20;

    private final ObjectStore store;
    private final JsonObjects objects;
    private final Path folder;
    private final Digest dataset;

    public World(ObjectStore store, Path folder) {
        this.store = store;
        this.objects = new JsonObjects(store);
        this.folder = folder;
        this.dataset = putDataset();
    }

    public ObjectStore store() {
        return store;
    }

    private Digest putDataset() {
        Random random = new Random(7);
        byte[] train = new byte[TRAIN_IMAGES * 28 * 28];
        byte[] test = new byte[TEST_IMAGES * 28 * 28];
        random.nextBytes(test);
        long[] labels = random.longs(TEST_IMAGES, 0, 10).toArray();
        random.nextBytes(train);
        List<TensorSpec> tensors = List.of(
                new TensorSpec("train.labels", DType.I64, List.of((long) TRAIN_IMAGES)),
                new TensorSpec("test.labels", DType.I64, List.of((long) TEST_IMAGES)),
                new TensorSpec("train.images", DType.U8, List.of((long) TRAIN_IMAGES, 1L, 28L, 28L)),
                new TensorSpec("test.images", DType.U8, List.of((long) TEST_IMAGES, 1L, 28L, 28L)));
        try (SafetensorsWriter writer = SafetensorsWriter.create(folder.resolve("data"), Map.of(), tensors)) {
            writer.writeLongs("train.labels", random.longs(TRAIN_IMAGES, 0, 10).toArray());
            writer.writeLongs("test.labels", labels);
            writer.writeBytes("train.images", train, 0, train.length);
            writer.writeBytes("test.images", test, 0, test.length);
            WrittenFile file = writer.finish();
            store.put(ArtifactKeys.dataset(file.sha256()), file.path());
            return file.sha256();
        }
    }

    /** Stores the spec of a run of generation 0 that keeps no evidence. */
    public RunSpec run(long seed) {
        return run(seed, false);
    }

    /** Stores the spec of a run of generation 0. */
    public RunSpec run(long seed, boolean evidence) {
        return stored(new RunSpec(
                RunSpec.FORMAT,
                "lenet",
                new InputShape(1, 32, 32),
                new DatasetUse("fashion-mnist", dataset, TRAIN_IMAGES, 0, TEST_IMAGES),
                Initialization.drawn(Initialization.KAIMING_UNIFORM),
                OptimizerSpec.sgd(0.01, 0.9, 0, 0),
                10,
                2,
                new CheckpointSchedule(1, false),
                Seeds.ofBase(seed),
                1,
                evidence,
                null));
    }

    /** Stores a spec. */
    public RunSpec stored(RunSpec spec) {
        objects.write(ArtifactKeys.spec(spec.id()), spec);
        return spec;
    }

    /** Stores random weights for a step; other weights for another salt. */
    public CheckpointStored checkpoint(RunSpec spec, long step, long salt) {
        return checkpoint(spec, step, weights(spec, step, salt));
    }

    /** Stores weights for a step. */
    public CheckpointStored checkpoint(RunSpec spec, long step, Map<String, float[]> weights) {
        Step at = new Step(step);
        Map<String, String> metadata = Map.of(
                "run_id", spec.id().value(),
                "step", at.toString(),
                "epoch", Integer.toString(spec.schedule().epochOf(at)));
        return checkpoint(spec, step, weights, metadata);
    }

    /** Stores weights for a step in a file that says this of itself. */
    public CheckpointStored checkpoint(
            RunSpec spec, long step, Map<String, float[]> weights, Map<String, String> metadata) {
        Path file = folder.resolve(spec.id() + "-" + step);
        Step at = new Step(step);
        List<TensorSpec> tensors = LENET.parameters().stream()
                .map(p -> TensorSpec.f32(p.name(), p.shape().extents()))
                .toList();
        try (SafetensorsWriter writer = SafetensorsWriter.create(file, metadata, tensors)) {
            LENET.parameters().forEach(p -> writer.writeFloats(p.name(), weights.getOrDefault(p.name(), new float[0])));
            WrittenFile written = writer.finish();
            StoredCheckpoint checkpoint = new StoredCheckpoint(
                    at, spec.schedule().epochOf(at), new Checkpoints(store).store(spec.id(), at, written));
            Files.delete(file);
            return new CheckpointStored(spec.id(), Attempt.of(0, 1), checkpoint, NOW);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stores random weights at every checkpoint of a run, and its result. */
    public List<CheckpointStored> trained(RunSpec spec) {
        List<CheckpointStored> lineage = spec.schedule().checkpointSteps().stream()
                .map(step -> checkpoint(spec, step.value(), 0))
                .toList();
        ended(spec, RunOutcome.FINISHED, lineage.toArray(CheckpointStored[]::new));
        return lineage;
    }

    /** Stores evidence in which every bit is set but those past the last element, and returns its checkpoint with it. */
    public CheckpointStored evidence(CheckpointStored of) {
        return evidence(of, 0xFF);
    }

    /** Stores evidence in which every byte is this but for the bits past the last element. */
    public CheckpointStored evidence(CheckpointStored of, int octet) {
        StoredCheckpoint checkpoint = of.checkpoint();
        Path file = folder.resolve(of.runId() + "-evidence-" + checkpoint.step());
        List<TensorSpec> tensors = LENET.parameters().stream()
                .flatMap(p -> Stream.of(EvidenceTensors.gradientSeen(p.name()), EvidenceTensors.valueChanged(p.name()))
                        .map(name -> new TensorSpec(name, DType.U8, List.of(EvidenceTensors.bytes(p.size())))))
                .toList();
        try (SafetensorsWriter writer = SafetensorsWriter.create(file, Map.of(), tensors)) {
            for (Parameter parameter : LENET.parameters()) {
                byte[] bits = bits(parameter, octet);
                writer.writeBytes(EvidenceTensors.gradientSeen(parameter.name()), bits, 0, bits.length);
                writer.writeBytes(EvidenceTensors.valueChanged(parameter.name()), bits, 0, bits.length);
            }
            WrittenFile written = writer.finish();
            String key = ArtifactKeys.evidence(of.runId(), checkpoint.step(), written.sha256());
            store.put(key, written.path());
            ArtifactRef evidence = new ArtifactRef(key, written.sha256(), written.bytes());
            Files.delete(file);
            return new CheckpointStored(
                    of.runId(),
                    of.attempt(),
                    new StoredCheckpoint(checkpoint.step(), checkpoint.epoch(), checkpoint.artifact(), evidence),
                    NOW);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bits(Parameter parameter, int octet) {
        byte[] bits = new byte[Math.toIntExact(EvidenceTensors.bytes(parameter.size()))];
        Arrays.fill(bits, (byte) octet);
        int past = Math.toIntExact(bits.length * 8L - parameter.size());
        bits[bits.length - 1] = (byte) (octet & 0xFF >> past);
        return bits;
    }

    /** Returns weights of about the size that training gives. */
    public static Map<String, float[]> weights(RunSpec spec, long step, long salt) {
        Random random = new Random(spec.id().hashCode() * 31L + step * 7 + salt);
        return LENET.parameters().stream().collect(Collectors.toMap(Parameter::name, p -> {
            float[] values = new float[Math.toIntExact(p.size())];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (random.nextGaussian() / Math.sqrt(p.fanIn()));
            }
            return values;
        }));
    }

    /** Stores the result of a run that ended for good. */
    public RunFinished ended(RunSpec spec, RunOutcome outcome, CheckpointStored... lineage) {
        List<StoredCheckpoint> checkpoints =
                Arrays.stream(lineage).map(CheckpointStored::checkpoint).toList();
        String reason = outcome == RunOutcome.FINISHED ? null : "loss was not finite at step 3";
        RunResult result = new RunResult(
                spec.id(),
                Attempt.of(0, 1),
                outcome,
                reason,
                checkpoints,
                List.of(),
                new Environment("2.7.1", "AVX2", 1, "cpu", "0.35.1", "17", "linux"));
        return new RunFinished(
                spec.id(),
                Attempt.of(0, 1),
                outcome,
                reason,
                outcome == RunOutcome.FINISHED ? checkpoints.get(checkpoints.size() - 1) : null,
                objects.write(ArtifactKeys.result(spec.id()), result),
                NOW);
    }

    /** Announces the end of a run that may be tried again. */
    public RunFinished stopped(RunSpec spec, RunOutcome outcome, String reason) {
        return new RunFinished(spec.id(), Attempt.of(0, 1), outcome, reason, null, null, NOW);
    }
}
