package io.thetascope.trainer.run;

import io.thetascope.artifacts.ArtifactKeys;
import io.thetascope.artifacts.safetensors.DType;
import io.thetascope.artifacts.safetensors.SafetensorsFile;
import io.thetascope.artifacts.safetensors.SafetensorsWriter;
import io.thetascope.artifacts.safetensors.TensorSpec;
import io.thetascope.artifacts.safetensors.WrittenFile;
import io.thetascope.artifacts.store.ObjectStore;
import io.thetascope.contracts.identity.Digest;
import io.thetascope.contracts.run.CheckpointSchedule;
import io.thetascope.contracts.run.DatasetUse;
import io.thetascope.contracts.run.Initialization;
import io.thetascope.contracts.run.InputShape;
import io.thetascope.contracts.run.OptimizerSpec;
import io.thetascope.contracts.run.RunSpec;
import io.thetascope.contracts.run.Seeds;
import io.thetascope.trainer.SmallData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A small data set in the store, and runs on it. */
public final class SmallRuns {
    private static final int TRAIN = 100;
    private static final int TEST = 30;

    private SmallRuns() {}

    public static Digest putDataset(ObjectStore store, Path folder) {
        List<TensorSpec> tensors = List.of(
                labelsSpec("train.labels", TRAIN),
                labelsSpec("test.labels", TEST),
                imagesSpec("train.images", TRAIN),
                imagesSpec("test.images", TEST));
        try (SafetensorsWriter writer = SafetensorsWriter.create(folder.resolve("made"), Map.of(), tensors)) {
            writer.writeLongs("train.labels", labels(TRAIN));
            writer.writeLongs("test.labels", labels(TEST));
            byte[] train = SmallData.pixels(TRAIN, 1);
            byte[] test = SmallData.pixels(TEST, 2);
            writer.writeBytes("train.images", train, 0, train.length);
            writer.writeBytes("test.images", test, 0, test.length);
            WrittenFile file = writer.finish();
            store.put(ArtifactKeys.dataset(file.sha256()), file.path());
            return file.sha256();
        }
    }

    private static TensorSpec imagesSpec(String name, int count) {
        return new TensorSpec(name, DType.U8, List.of((long) count, 1L, 28L, 28L));
    }

    private static TensorSpec labelsSpec(String name, int count) {
        return new TensorSpec(name, DType.I64, List.of((long) count));
    }

    private static long[] labels(int count) {
        byte[] small = SmallData.labels(count);
        long[] labels = new long[count];
        for (int i = 0; i < count; i++) {
            labels[i] = small[i];
        }
        return labels;
    }

    public static RunSpec spec(Digest dataset, int epochs, double learningRate) {
        return new RunSpec(
                RunSpec.FORMAT,
                "lenet",
                new InputShape(1, 32, 32),
                new DatasetUse("mnist", dataset, TRAIN, 0, TEST),
                Initialization.drawn(Initialization.KAIMING_UNIFORM),
                OptimizerSpec.sgd(learningRate, 0.9, 0, 0),
                25,
                epochs,
                new CheckpointSchedule(2, false),
                Seeds.ofBase(1),
                1,
                false,
                null);
    }

    public static RunSpec withEvidence(RunSpec spec) {
        return changed(spec, spec.dataset(), spec.initialization(), true);
    }

    static RunSpec holdingBack(RunSpec spec, int images) {
        DatasetUse use = spec.dataset();
        return changed(
                spec,
                new DatasetUse(use.name(), use.digest(), use.train() - images, images, use.test()),
                spec.initialization(),
                spec.evidence());
    }

    static RunSpec startingFrom(RunSpec spec, Initialization initialization) {
        return changed(spec, spec.dataset(), initialization, spec.evidence());
    }

    private static RunSpec changed(RunSpec spec, DatasetUse dataset, Initialization initialization, boolean evidence) {
        return new RunSpec(
                spec.format(),
                spec.network(),
                spec.input(),
                dataset,
                initialization,
                spec.optimizer(),
                spec.batch(),
                spec.epochs(),
                spec.checkpoints(),
                spec.seeds(),
                spec.threads(),
                evidence,
                spec.origin());
    }

    /** Reads a tensor of a file that is in memory. */
    static float[] tensor(Path folder, byte[] bytes, String name) {
        try {
            Path path = Files.write(folder.resolve("tensors"), bytes);
            try (SafetensorsFile file = SafetensorsFile.open(path)) {
                return file.readFloats(file.tensor(name));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
