package io.thetascope.analyzer;

import io.thetascope.artifacts.ArtifactKeys;
import io.thetascope.artifacts.Checkpoints;
import io.thetascope.artifacts.safetensors.DType;
import io.thetascope.artifacts.safetensors.SafetensorsWriter;
import io.thetascope.artifacts.safetensors.TensorSpec;
import io.thetascope.artifacts.safetensors.WrittenFile;
import io.thetascope.contracts.identity.Digest;
import io.thetascope.contracts.identity.Step;
import io.thetascope.contracts.run.CheckpointSchedule;
import io.thetascope.contracts.run.DatasetUse;
import io.thetascope.contracts.run.Initialization;
import io.thetascope.contracts.run.InputShape;
import io.thetascope.contracts.run.OptimizerSpec;
import io.thetascope.contracts.run.RunSpec;
import io.thetascope.contracts.run.Seeds;
import io.thetascope.networks.Initializers;
import io.thetascope.networks.NetworkDescription;
import io.thetascope.networks.Networks;
import io.thetascope.networks.Parameter;
import io.thetascope.networks.ParameterKind;
import io.thetascope.networks.StateTensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A run of a network with BatchNorm, on images that differ. */
public final class ResNetWorld {
    private static final NetworkDescription RESNET = Networks.named("resnet18", new InputShape(1, 32, 32));
    private static final int TRAIN_IMAGES = 20;
    private static final int TEST_IMAGES = 12;
    private static final int PIXELS = 28 * 28;

    private final World world;
    private final Path folder;

    /** Writes into a world; the folder is for files on their way. */
    public ResNetWorld(World world, Path folder) {
        this.world = world;
        this.folder = folder;
    }

    /** Stores a data set and the spec of a run on it. */
    public RunSpec run() {
        return world.stored(new RunSpec(
                RunSpec.FORMAT,
                "resnet18",
                new InputShape(1, 32, 32),
                new DatasetUse("fashion-mnist", putDataset(), TRAIN_IMAGES, 0, TEST_IMAGES),
                Initialization.drawn(Initialization.KAIMING_UNIFORM),
                OptimizerSpec.sgd(0.01, 0.9, 0, 0),
                10,
                2,
                new CheckpointSchedule(1, false),
                Seeds.ofBase(1),
                1,
                false,
                null));
    }

    private Digest putDataset() {
        Random random = new Random(8);
        byte[] train = new byte[TRAIN_IMAGES * PIXELS];
        byte[] test = new byte[TEST_IMAGES * PIXELS];
        random.nextBytes(train);
        random.nextBytes(test);
        List<TensorSpec> tensors = List.of(
                new TensorSpec("train.labels", DType.I64, List.of((long) TRAIN_IMAGES)),
                new TensorSpec("test.labels", DType.I64, List.of((long) TEST_IMAGES)),
                new TensorSpec("train.images", DType.U8, List.of((long) TRAIN_IMAGES, 1L, 28L, 28L)),
                new TensorSpec("test.images", DType.U8, List.of((long) TEST_IMAGES, 1L, 28L, 28L)));
        try (SafetensorsWriter writer = SafetensorsWriter.create(folder.resolve("images"), Map.of(), tensors)) {
            writer.writeLongs("train.labels", random.longs(TRAIN_IMAGES, 0, 10).toArray());
            writer.writeLongs("test.labels", random.longs(TEST_IMAGES, 0, 10).toArray());
            writer.writeBytes("train.images", train, 0, train.length);
            writer.writeBytes("test.images", test, 0, test.length);
            WrittenFile file = writer.finish();
            world.store().put(ArtifactKeys.dataset(file.sha256()), file.path());
            return file.sha256();
        }
    }

    /** Stores the same random weights and statistics for every run, the weights times a sign. */
    public void checkpoint(RunSpec spec, long step, int sign) {
        write(spec, new Step(step), sign, RESNET.state());
    }

    /** Stores the same random weights for every run, and no statistics. */
    public void checkpointWithoutStatistics(RunSpec spec, long step) {
        write(spec, new Step(step), 1, List.copyOf(RESNET.parameters()));
    }

    private void write(RunSpec spec, Step step, int sign, List<? extends StateTensor> state) {
        Map<String, String> metadata = Map.of("run_id", spec.id().value(), "step", step.toString());
        List<TensorSpec> tensors = TensorSpec.widestFirst(
                state.stream().map(ResNetWorld::described).toList());
        Map<String, Parameter> parameters =
                RESNET.parameters().stream().collect(Collectors.toMap(Parameter::name, Function.identity()));
        Path target = folder.resolve(spec.id() + "-" + step);
        try (SafetensorsWriter writer = SafetensorsWriter.create(target, metadata, tensors)) {
            for (TensorSpec tensor : tensors) {
                Parameter parameter = parameters.get(tensor.name());
                if (tensor.dtype() == DType.I64) {
                    writer.writeLongs(tensor.name(), 4);
                } else if (parameter == null) {
                    writer.writeFloats(tensor.name(), statistics(tensor));
                } else {
                    writer.writeFloats(tensor.name(), values(parameter, sign));
                }
            }
            new Checkpoints(world.store()).store(spec.id(), step, writer.finish());
            Files.delete(target);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static TensorSpec described(StateTensor tensor) {
        return tensor.elementBytes() == Long.BYTES
                ? new TensorSpec(tensor.name(), DType.I64, List.of())
                : TensorSpec.f32(tensor.name(), tensor.shape().extents());
    }

    /** Kaiming kernels; γ from 0.5 to 1.5, β and biases from −0.2 to 0.2. */
    private static float[] values(Parameter parameter, int sign) {
        if (parameter.kind() == ParameterKind.WEIGHT) {
            float[] values = Initializers.draw(Initializers.KAIMING_NORMAL, parameter, 3);
            for (int i = 0; i < values.length; i++) {
                values[i] *= sign;
            }
            return values;
        }
        boolean gamma = parameter.kind() == ParameterKind.NORM_WEIGHT;
        return random(parameter.name(), Math.toIntExact(parameter.size()), gamma ? 0.5 : -0.2, gamma ? 1.5 : 0.2, sign);
    }

    private static float[] statistics(TensorSpec tensor) {
        boolean variance = tensor.name().endsWith("running_var");
        return random(tensor.name(), (int) tensor.elements(), variance ? 1 : -0.5, variance ? 3 : 0.5, 1);
    }

    private static float[] random(String name, int count, double from, double to, int sign) {
        Random random = new Random(name.hashCode());
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (sign * (from + (to - from) * random.nextDouble()));
        }
        return values;
    }
}
