package io.thetascope.artifacts.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thetascope.artifacts.store.Downloads;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsFileTest {
    @TempDir
    Path folder;

    @Test
    void readsWhatSafetensorsForPythonWrote() throws Exception {
        try (SafetensorsFile file = SafetensorsFile.open(peer("mixed"))) {
            assertThat(file.header().metadata())
                    .containsExactly(Map.entry("run", "r0"), Map.entry("ünïcode", "θ → −θ"));
            assertThat(file.readFloats(file.tensor("conv1.weight")))
                    .containsExactly(
                            -0.5f, -0.375f, -0.25f, -0.125f, 0, 0.125f, 0.25f, 0.375f, 0.5f, 0.625f, 0.75f, 0.875f);
            assertThat(file.tensor("conv1.weight").shape()).containsExactly(2L, 3L, 2L);
            assertThat(file.readFloats(file.tensor("conv1.bias"))).containsExactly(Float.POSITIVE_INFINITY, -0.0f);
            assertThat(file.readFloats(file.tensor("empty"))).isEmpty();
            long[] count = new long[1];
            file.readLongs(file.tensor("bn1.num_batches_tracked"), 0, count, 0, 1);
            assertThat(count).containsExactly(7);
            byte[] images = new byte[3];
            file.readBytes(file.tensor("images"), 1, images, 0, 3);
            assertThat(images).containsExactly(1, 2, 3);
            assertThat(file.tensor("double").dtype()).isEqualTo(DType.F64);
        }
    }

    @Test
    void writesTheVeryBytesThatSafetensorsForPythonWrites() throws Exception {
        Path target = folder.resolve("plain.safetensors");
        WrittenFile written = write(target, Map.of(), "w", 1.5f, -2.25f, 3.0f);

        assertThat(target).hasSameBinaryContentAs(peer("plain"));
        assertThat(written.bytes()).isEqualTo(Files.size(target));
        assertThat(written.sha256()).isEqualTo(Downloads.digestOf(target));
    }

    @Test
    void sameContentGivesSameBytesWhateverTheOrderOfMetadata() throws Exception {
        WrittenFile one = write(folder.resolve("1"), Map.of("a", "1", "b", "2", "c", "3"), "w", 1f);
        WrittenFile two = write(folder.resolve("2"), Map.of("c", "3", "b", "2", "a", "1"), "w", 1f);

        assertThat(one.sha256()).isEqualTo(two.sha256());
        try (SafetensorsFile file = SafetensorsFile.open(one.path())) {
            assertThat(file.header().dataStart() % 8).isZero();
        }
    }

    @Test
    void everyPieceSizeReadsAndWritesTheSameValues() {
        SplittableRandom random = new SplittableRandom(3);
        float[] values = new float[700_001]; // beyond two internal chunks
        for (int i = 0; i < values.length; i++) {
            values[i] = Float.intBitsToFloat(random.nextInt() & 0x7f7fffff);
        }
        List<TensorSpec> tensors = TensorSpec.widestFirst(
                List.of(TensorSpec.f32("w", List.of(values.length)), new TensorSpec("n", DType.I64, List.of())));
        Path target = folder.resolve("pieces.safetensors");
        try (SafetensorsWriter writer = SafetensorsWriter.create(target, Map.of(), tensors)) {
            writer.writeLongs("n", 42);
            for (int from = 0; from < values.length; ) {
                int count = Math.min(values.length - from, random.nextInt(1, 400_000));
                writer.writeFloats("w", values, from, count);
                from += count;
            }
            writer.finish();
        }

        float[] read = new float[values.length];
        try (SafetensorsFile file = SafetensorsFile.open(target)) {
            file.forEachChunk(
                    file.tensor("w"), (from, chunk, count) -> System.arraycopy(chunk, 0, read, (int) from, count));
            assertThat(file.header().find("n")).map(TensorEntry::begin).contains(0L);
        }
        assertThat(read).isEqualTo(values);
    }

    @Test
    void writesDoublesLittleEndianBeyondOneInternalChunk() {
        double[] values = new SplittableRandom(5).doubles(200_001).toArray();
        values[7] = Double.NaN;
        Path target = folder.resolve("doubles.safetensors");
        List<TensorSpec> tensors = List.of(new TensorSpec("d", DType.F64, List.of((long) values.length)));
        try (SafetensorsWriter writer = SafetensorsWriter.create(target, Map.of(), tensors)) {
            writer.writeDoubles("d", values);
            writer.finish();
        }

        double[] read = new double[values.length];
        try (SafetensorsFile file = SafetensorsFile.open(target)) {
            byte[] bytes = new byte[values.length * Double.BYTES];
            file.readBytes(file.tensor("d"), 0, bytes, 0, bytes.length);
            ByteBuffer.wrap(bytes)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asDoubleBuffer()
                    .get(read);
        }
        assertThat(read).isEqualTo(values);
    }

    @Test
    void nothingAppearsBeforeTheFileIsComplete() throws IOException {
        Path target = folder.resolve("half.safetensors");
        try (SafetensorsWriter writer =
                SafetensorsWriter.create(target, Map.of(), List.of(TensorSpec.f32("w", List.of(2))))) {
            writer.writeFloats("w", new float[] {1}, 0, 1);
            assertThat(target).doesNotExist();
            assertThatThrownBy(writer::finish).hasMessageContaining("w is not complete");
        }
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void holdsTheWriterToItsDeclarations() {
        List<TensorSpec> tensors = List.of(TensorSpec.f32("a", List.of(1)), TensorSpec.f32("b", List.of(0)));
        try (SafetensorsWriter writer = SafetensorsWriter.create(folder.resolve("x"), Map.of(), tensors)) {
            assertThatThrownBy(() -> writer.writeFloats("b", new float[0])).hasMessageContaining("out of order");
            assertThatThrownBy(() -> writer.writeFloats("a", new float[2])).hasMessageContaining("too many");
            assertThatThrownBy(() -> writer.writeLongs("a", 1)).hasMessageContaining("declared as F32");
            writer.writeFloats("a", new float[1]);
            writer.finish(); // an empty tensor needs no call
        }
    }

    @Test
    void refusesDeclarationsThatPyTorchCouldNotMap() {
        List<TensorSpec> tensors = List.of(TensorSpec.f32("w", List.of(1)), new TensorSpec("n", DType.I64, List.of()));

        assertThatThrownBy(() -> SafetensorsWriter.create(folder.resolve("x"), Map.of(), tensors))
                .hasMessageContaining("order the tensors widest first");
        assertThat(TensorSpec.widestFirst(tensors)).extracting(TensorSpec::name).containsExactly("n", "w");
    }

    @Test
    void namesTheTensorThatIsMissingOrOfAnotherType() throws Exception {
        try (SafetensorsFile file = SafetensorsFile.open(peer("mixed"))) {
            assertThatThrownBy(() -> file.tensor("fc9.weight")).hasMessageContaining("lacks tensor 'fc9.weight'");
            assertThatThrownBy(() -> file.readFloats(file.tensor("double"))).hasMessageContaining("is F64 where F32");
        }
    }

    private static WrittenFile write(Path target, Map<String, String> metadata, String name, float... values) {
        List<TensorSpec> tensors = List.of(TensorSpec.f32(name, List.of(values.length)));
        try (SafetensorsWriter writer = SafetensorsWriter.create(target, metadata, tensors)) {
            writer.writeFloats(name, values);
            return writer.finish();
        }
    }

    private static Path peer(String name) throws URISyntaxException {
        return Path.of(SafetensorsFileTest.class
                .getResource("/peer/" + name + ".safetensors")
                .toURI());
    }
}
