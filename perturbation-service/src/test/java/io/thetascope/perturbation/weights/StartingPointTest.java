package io.thetascope.perturbation.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thetascope.artifacts.safetensors.DType;
import io.thetascope.artifacts.safetensors.MalformedSafetensorsException;
import io.thetascope.artifacts.safetensors.SafetensorsFile;
import io.thetascope.artifacts.safetensors.SafetensorsWriter;
import io.thetascope.artifacts.safetensors.TensorSpec;
import io.thetascope.artifacts.safetensors.WrittenFile;
import io.thetascope.contracts.run.InputShape;
import io.thetascope.contracts.run.Perturbation;
import io.thetascope.contracts.run.RunSpec;
import io.thetascope.contracts.run.Twin;
import io.thetascope.networks.BatchNorm2d;
import io.thetascope.networks.Buffer;
import io.thetascope.networks.Flatten;
import io.thetascope.networks.Linear;
import io.thetascope.networks.NetworkDescription;
import io.thetascope.networks.Networks;
import io.thetascope.networks.Parameter;
import io.thetascope.networks.ParameterScope;
import io.thetascope.networks.Shape;
import io.thetascope.networks.StateTensor;
import io.thetascope.perturbation.Examples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartingPointTest {
    private final RunSpec parent = Examples.base(1);

    @TempDir
    Path folder = Path.of("");

    @Test
    void twinDiffersFromItsParentInMetadataOnly() throws IOException {
        // Given
        RunSpec twin = parent.twin(new Twin(Twin.SAME_SEED, 0));
        Path parentFile = Examples.weights(parent, folder).path();
        // When
        Path file = start(twin, parentFile);
        // Then
        assertThat(tensorBytes(file)).isEqualTo(tensorBytes(parentFile));
        try (SafetensorsFile written = SafetensorsFile.open(file)) {
            assertThat(written.header().metadata())
                    .containsExactlyInAnyOrderEntriesOf(
                            Map.of("run_id", twin.id().value(), "step", "0", "epoch", "0", "format_version", "1"));
        }
    }

    @Test
    void zeroEpsilonHasTheTensorBytesOfTheTwin() throws IOException {
        Path parentFile = Examples.weights(parent, folder).path();
        Path zero = start(parent.perturbed(Perturbation.epsilon(0)), parentFile);
        Path twin = start(parent.twin(new Twin(Twin.SAME_SEED, 0)), parentFile);
        assertThat(tensorBytes(zero)).isEqualTo(tensorBytes(twin));
    }

    @Test
    void displacementsOfSizeZeroHaveTheTensorBytesOfTheParent() throws IOException {
        Path parentFile = Examples.weights(parent, folder).path();
        Perturbation none = Perturbation.epsilon(0);
        for (Perturbation perturbation : List.of(
                new Perturbation(Perturbation.RANDOM_SIGNS, 0.0, "all", 1L, null),
                new Perturbation(Perturbation.GAUSSIAN, 0.0, "all", 1L, null),
                new Perturbation(Perturbation.GAUSSIAN, null, "all", 1L, none))) {
            assertThat(tensorBytes(start(parent.perturbed(perturbation), parentFile)))
                    .as(perturbation.label())
                    .isEqualTo(tensorBytes(parentFile));
        }
    }

    @Test
    void signFlipNegatesEveryParameter() throws IOException {
        // Given
        Path parentFile = Examples.weights(parent, folder).path();
        // When
        Path file = start(parent.perturbed(Perturbation.signFlip()), parentFile);
        // Then
        byte[] before = tensorBytes(parentFile);
        byte[] after = tensorBytes(file);
        for (int i = 3; i < before.length; i += 4) { // little endian: the sign is the top bit of the last byte
            before[i] ^= (byte) 0x80;
        }
        assertThat(after).isEqualTo(before);
    }

    @Test
    void sameStartHasTheSameBytesAgain() {
        Path parentFile = Examples.weights(parent, folder).path();
        RunSpec child = parent.perturbed(Perturbation.epsilon(1e-6));
        WrittenFile first = write(child, parentFile, folder.resolve("first.safetensors"));
        WrittenFile second = write(child, parentFile, folder.resolve("second.safetensors"));
        assertThat(second.sha256()).isEqualTo(first.sha256());
    }

    @Test
    void buffersStayAsTheyAre() {
        // Given
        NetworkDescription network = withBatchNorm();
        Path parentFile = weightsOf(network);
        // When
        ChildPlan.Possible plan = new ChildPlan.Possible(network, new WeightChange.SignFlip());
        Path file = StartingPoint.write(parentFile, parent.id(), plan, folder.resolve("child.safetensors"))
                .path();
        // Then
        try (SafetensorsFile written = SafetensorsFile.open(file)) {
            for (Parameter parameter : network.parameters()) {
                assertThat(written.readFloats(written.tensor(parameter.name()))).containsOnly(-0.5f);
            }
            for (Buffer buffer : network.buffers()) {
                if (buffer.type() == Buffer.ElementType.F32) {
                    assertThat(written.readFloats(written.tensor(buffer.name())))
                            .containsOnly(0.5f);
                } else {
                    long[] batches = new long[1];
                    written.readLongs(written.tensor(buffer.name()), 0, batches, 0, 1);
                    assertThat(batches).containsExactly(7);
                }
            }
        }
    }

    @Test
    void flipOfResNet18NegatesScalesAndShiftsAndLeavesBuffersByteEqual() {
        // Given
        NetworkDescription network = Networks.named("resnet18", new InputShape(3, 32, 32));
        Path parentFile = weightsOf(network);
        // When
        ChildPlan.Possible plan = new ChildPlan.Possible(network, new WeightChange.SignFlip());
        Path file = StartingPoint.write(parentFile, parent.id(), plan, folder.resolve("child.safetensors"))
                .path();
        // Then every byte is the parent's, but for the sign bits of the parameters
        Set<String> parameters =
                network.parameters().stream().map(Parameter::name).collect(Collectors.toSet());
        try (SafetensorsFile before = SafetensorsFile.open(parentFile);
                SafetensorsFile after = SafetensorsFile.open(file)) {
            for (StateTensor tensor : network.state()) {
                byte[] expected = bytes(before, tensor.name());
                for (int i = 3; i < expected.length && parameters.contains(tensor.name()); i += 4) {
                    expected[i] ^= (byte) 0x80;
                }
                assertThat(bytes(after, tensor.name())).as(tensor.name()).isEqualTo(expected);
            }
            assertThat(after.readFloats(after.tensor("bn1.weight"))).containsOnly(-0.5f);
            assertThat(after.readFloats(after.tensor("layer4.1.bn2.bias"))).containsOnly(-0.5f);
            assertThat(after.readFloats(after.tensor("layer4.1.bn2.running_var")))
                    .containsOnly(0.5f);
            assertThat(after.header().tensors()).hasSize(122);
        }
    }

    @Test
    void tensorOfManyPiecesIsChangedAsAWhole() {
        // Given a kernel of 2,359,296 values, read in nine pieces
        NetworkDescription network = Networks.named("resnet18", new InputShape(3, 32, 32));
        String kernel = "layer4.1.conv2.weight";
        Path parentFile = weightsOf(network);
        WeightChange live = new WeightChange.AddNormals(new Draws(Perturbation.GAUSSIAN, 1, parent.id()), 0.1)
                .within(new ParameterScope(network, "live"));
        // When
        Path file = StartingPoint.write(
                        parentFile,
                        parent.id(),
                        new ChildPlan.Possible(network, live),
                        folder.resolve("child.safetensors"))
                .path();
        // Then
        Parameter parameter = network.parameters().stream()
                .filter(p -> p.name().equals(kernel))
                .findFirst()
                .orElseThrow();
        float[] whole = new float[Math.toIntExact(parameter.size())];
        Arrays.fill(whole, 0.5f);
        live.apply(parameter, 0, whole, whole.length);
        try (SafetensorsFile written = SafetensorsFile.open(file)) {
            assertThat(written.readFloats(written.tensor(kernel))).isEqualTo(whole);
        }
        assertThat(whole[0]).isEqualTo(0.5f);
        assertThat(whole[4]).isNotEqualTo(0.5f);
    }

    private static byte[] bytes(SafetensorsFile file, String name) {
        byte[] bytes = new byte[Math.toIntExact(file.tensor(name).byteCount())];
        file.readBytes(file.tensor(name), 0, bytes, 0, bytes.length);
        return bytes;
    }

    @Test
    void fileOfAnotherNetworkIsRefusedByTensor() {
        Path parentFile = weightsOf(withBatchNorm());
        assertThatThrownBy(() -> start(parent.perturbed(Perturbation.signFlip()), parentFile))
                .isInstanceOf(MalformedSafetensorsException.class)
                .hasMessageContaining("not a checkpoint of lenet")
                .hasMessageContaining("conv1.weight");
    }

    private Path start(RunSpec child, Path parentFile) {
        return write(child, parentFile, folder.resolve("child-" + child.id() + ".safetensors"))
                .path();
    }

    private WrittenFile write(RunSpec child, Path parentFile, Path target) {
        return StartingPoint.write(parentFile, child.id(), (ChildPlan.Possible) ChildPlan.of(child, parent), target);
    }

    private static byte[] tensorBytes(Path file) throws IOException {
        byte[] all = Files.readAllBytes(file);
        try (SafetensorsFile open = SafetensorsFile.open(file)) {
            return Arrays.copyOfRange(all, (int) open.header().dataStart(), all.length);
        }
    }

    private static NetworkDescription withBatchNorm() {
        Shape image = Shape.of(1, 2, 2);
        return new NetworkDescription(
                "tiny",
                new InputShape(1, 2, 2),
                List.of(
                        new BatchNorm2d("bn1", NetworkDescription.INPUT, image, BatchNorm2d.DEFAULT_EPSILON, 0.1),
                        new Flatten("flatten", "bn1", image),
                        new Linear("fc", "flatten", Shape.of(4), 10)));
    }

    private Path weightsOf(NetworkDescription network) {
        List<TensorSpec> tensors = TensorSpec.widestFirst(Stream.concat(
                        network.parameters().stream()
                                .map(p -> TensorSpec.f32(p.name(), p.shape().extents())),
                        network.buffers().stream().map(StartingPointTest::specOf))
                .toList());
        try (SafetensorsWriter writer =
                SafetensorsWriter.create(folder.resolve("tiny.safetensors"), Map.of(), tensors)) {
            for (TensorSpec tensor : tensors) {
                if (tensor.dtype() == DType.I64) {
                    writer.writeLongs(tensor.name(), 7);
                } else {
                    float[] halves = new float[(int) tensor.elements()];
                    Arrays.fill(halves, 0.5f);
                    writer.writeFloats(tensor.name(), halves);
                }
            }
            return writer.finish().path();
        }
    }

    private static TensorSpec specOf(Buffer buffer) {
        return buffer.type() == Buffer.ElementType.F32
                ? TensorSpec.f32(buffer.name(), buffer.shape().extents())
                : new TensorSpec(buffer.name(), DType.I64, List.of());
    }
}
