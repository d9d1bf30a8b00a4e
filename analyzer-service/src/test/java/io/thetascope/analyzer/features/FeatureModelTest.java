package io.thetascope.analyzer.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.thetascope.artifacts.safetensors.DType;
import io.thetascope.artifacts.safetensors.SafetensorsFile;
import io.thetascope.artifacts.safetensors.SafetensorsWriter;
import io.thetascope.artifacts.safetensors.TensorSpec;
import io.thetascope.contracts.identity.Digest;
import io.thetascope.contracts.run.CheckpointSchedule;
import io.thetascope.contracts.run.DatasetUse;
import io.thetascope.contracts.run.Initialization;
import io.thetascope.contracts.run.InputShape;
import io.thetascope.contracts.run.OptimizerSpec;
import io.thetascope.contracts.run.RunSpec;
import io.thetascope.contracts.run.Seeds;
import io.thetascope.networks.Buffer;
import io.thetascope.networks.Initializers;
import io.thetascope.networks.NetworkDescription;
import io.thetascope.networks.Networks;
import io.thetascope.networks.Parameter;
import io.thetascope.networks.StateTensor;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The networks that see three channels, on grey images; one image more than a batch holds. */
class FeatureModelTest {
    private static final InputShape GREY = new InputShape(1, 28, 28);
    private static final InputShape SEEN = new InputShape(3, 32, 32);
    private static final int IMAGES = 33;
    private static final int CLASSES = 10;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"resnet18,512", "vgg19-small,512"})
    void logitsAreTheHeadOfTheFeaturesOfEveryImage(String name, int units) {
        // Given
        NetworkDescription network = Networks.named(name, SEEN);
        Path checkpoint = checkpoint(network);

        // When
        Activations activations;
        float[] weight;
        float[] bias;
        try (SafetensorsFile file = SafetensorsFile.open(checkpoint)) {
            activations =
                    new FeatureModel(Device.CPU).run(network, checkpoint, file.header(), images().seenBy(spec(name)));
            weight = file.readFloats(file.tensor(network.head().name() + ".weight"));
            bias = file.readFloats(file.tensor(network.head().name() + ".bias"));
        }

        // Then by the head in double; 1e-4 of the largest logit
        float[] features = activations.features().featuresNP();
        assertThat(features).hasSize(IMAGES * units);
        assertThat(activations.features().logitsNC()).hasSize(IMAGES * CLASSES);
        double largest = 0;
        double difference = 0;
        for (int i = 0; i < IMAGES * CLASSES; i++) {
            double logit = bias[i % CLASSES];
            for (int unit = 0; unit < units; unit++) {
                logit += (double) weight[i % CLASSES * units + unit] * features[i / CLASSES * units + unit];
            }
            largest = Math.max(largest, Math.abs(logit));
            difference =
                    Math.max(difference, Math.abs(logit - activations.features().logitsNC()[i]));
        }
        assertThat(difference / largest).isCloseTo(0, within(1e-4));
        // and the last image, alone in its batch, is not the first
        assertThat(Arrays.copyOfRange(features, (IMAGES - 1) * units, IMAGES * units))
                .isNotEqualTo(Arrays.copyOf(features, units));
    }

    private static ProbeImages images() {
        byte[] pixels = new byte[IMAGES * 28 * 28];
        new Random(3).nextBytes(pixels);
        return new ProbeImages(GREY, pixels, new long[IMAGES], new long[IMAGES]);
    }

    private static RunSpec spec(String network) {
        return new RunSpec(
                RunSpec.FORMAT,
                network,
                SEEN,
                new DatasetUse("fashion-mnist", Digest.of(new byte[] {1}), 10, 0, IMAGES),
                Initialization.drawn(Initialization.KAIMING_UNIFORM),
                OptimizerSpec.sgd(0.01, 0.9, 0, 0),
                10,
                1,
                new CheckpointSchedule(1, false),
                Seeds.ofBase(1),
                1,
                false,
                null);
    }

    /** Writes the initialised network with statistics as before training. */
    private Path checkpoint(NetworkDescription network) {
        Map<String, Buffer> buffers = new HashMap<>();
        network.buffers().forEach(buffer -> buffers.put(buffer.name(), buffer));
        Map<String, Parameter> parameters = new HashMap<>();
        network.parameters().forEach(parameter -> parameters.put(parameter.name(), parameter));
        List<TensorSpec> tensors = TensorSpec.widestFirst(
                network.state().stream().map(FeatureModelTest::described).toList());
        try (SafetensorsWriter writer = SafetensorsWriter.create(folder.resolve("weights"), Map.of(), tensors)) {
            for (TensorSpec tensor : tensors) {
                Parameter parameter = parameters.get(tensor.name());
                Buffer buffer = buffers.get(tensor.name());
                if (parameter != null) {
                    writer.writeFloats(tensor.name(), Initializers.draw(Initialization.KAIMING_UNIFORM, parameter, 1));
                } else if (buffer != null && tensor.dtype() == DType.F32) {
                    float[] values = new float[Math.toIntExact(tensor.elements())];
                    Arrays.fill(values, buffer.initial());
                    writer.writeFloats(tensor.name(), values);
                } else {
                    writer.writeLongs(tensor.name(), 0);
                }
            }
            return writer.finish().path();
        }
    }

    private static TensorSpec described(StateTensor tensor) {
        return tensor.elementBytes() == Long.BYTES
                ? new TensorSpec(tensor.name(), DType.I64, List.of())
                : TensorSpec.f32(tensor.name(), tensor.shape().extents());
    }
}
