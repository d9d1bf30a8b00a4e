package io.thetascope.gateway.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.thetascope.artifacts.ArtifactKeys;
import io.thetascope.artifacts.safetensors.SafetensorsFile;
import io.thetascope.artifacts.store.InMemoryObjectStore;
import io.thetascope.contracts.study.DatasetSource;
import io.thetascope.gateway.request.Problem;
import io.thetascope.gateway.request.Problems;
import io.thetascope.gateway.testing.Samples;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetsTest {
    private static final int PIXELS = 28 * 28;

    @TempDir
    Path root;

    private final Problems problems = new Problems();
    private Path mnist = Path.of("");

    @BeforeEach
    void writeASoundSet() throws IOException {
        mnist = Files.createDirectories(root.resolve("data/mnist"));
        write("train-images-idx3-ubyte", images(5));
        write("train-labels-idx1-ubyte", labels(5, 3));
        write("t10k-images-idx3-ubyte", images(2));
        write("t10k-labels-idx1-ubyte", labels(2, 9));
    }

    private Datasets datasets(boolean bundled) {
        return new Datasets(new DatasetPlaces(
                Optional.of(root.resolve("data")), Optional.empty(), root.resolve("cache"), false, bundled));
    }

    private static byte[] images(int count) {
        return ByteBuffer.allocate(16 + count * PIXELS)
                .putInt(0x803)
                .putInt(count)
                .putInt(28)
                .putInt(28)
                .array();
    }

    private static byte[] labels(int count, int label) {
        ByteBuffer bytes = ByteBuffer.allocate(8 + count).putInt(0x801).putInt(count);
        for (int i = 0; i < count; i++) {
            bytes.put((byte) label);
        }
        return bytes.array();
    }

    private void write(String name, byte[] content) throws IOException {
        Files.write(mnist.resolve(name), content);
    }

    private String problemOf(String dataset) {
        assertThat(datasets(false).find(dataset, "datasets[0]", problems)).isEmpty();
        return problems.list().stream().map(Problem::remedy).reduce("", String::concat);
    }

    @Test
    void takesPlainFilesAndSaysThatTheyAreNotOfficial() {
        DatasetSource source = datasets(false).find("mnist", "", problems).orElseThrow();
        assertThat(source.train()).isEqualTo(5);
        assertThat(source.test()).isEqualTo(2);
        assertThat(source.channels()).isEqualTo(1);
        assertThat(source.official()).isFalse();
        assertThat(source.source()).contains("mnist");
    }

    @Test
    void packedFilesGiveTheSameCanonicalFile() throws IOException {
        DatasetSource plain = datasets(false).find("mnist", "", problems).orElseThrow();
        try (OutputStream out =
                new GZIPOutputStream(Files.newOutputStream(mnist.resolve("train-images-idx3-ubyte.gz")))) {
            out.write(images(5));
        }
        Files.delete(mnist.resolve("train-images-idx3-ubyte"));
        DatasetSource packed = datasets(false).find("mnist", "", problems).orElseThrow();
        assertThat(packed.digest()).isEqualTo(plain.digest());
    }

    @Test
    void putsOneCanonicalFileIntoTheStore() throws IOException {
        Datasets datasets = datasets(false);
        DatasetSource source = datasets.find("mnist", "", problems).orElseThrow();
        InMemoryObjectStore store = new InMemoryObjectStore(() -> Samples.NOON);
        datasets.store(source, store);
        datasets.store(source, store);
        Path copy = store.download(ArtifactKeys.dataset(source.digest()), source.digest(), root);
        try (SafetensorsFile file = SafetensorsFile.open(copy)) {
            assertThat(file.header().find("train.images").orElseThrow().shape()).containsExactly(5L, 1L, 28L, 28L);
            assertThat(file.header().find("test.labels").orElseThrow().shape()).containsExactly(2L);
        }
    }

    @Test
    void namesATruncatedFile() throws IOException {
        write("train-images-idx3-ubyte", Arrays.copyOf(images(5), 1_000));
        assertThat(problemOf("mnist")).contains("train-images-idx3-ubyte", "truncated");
    }

    @Test
    void namesAWrongMagic() throws IOException {
        write("t10k-images-idx3-ubyte", labels(2, 1));
        assertThat(problemOf("mnist")).contains("t10k-images-idx3-ubyte", "magic");
    }

    @Test
    void namesALabelOutOfRange() throws IOException {
        write("train-labels-idx1-ubyte", labels(5, 10));
        assertThat(problemOf("mnist")).contains("labels are 0 to 9", "10");
    }

    @Test
    void namesCountsThatDisagree() throws IOException {
        write("train-labels-idx1-ubyte", labels(4, 1));
        assertThat(problemOf("mnist")).contains("5 images, but 4 labels");
    }

    @Test
    void namesAMissingFile() throws IOException {
        Files.delete(mnist.resolve("t10k-labels-idx1-ubyte"));
        assertThat(problemOf("mnist")).contains("lacks t10k-labels-idx1-ubyte");
    }

    @Test
    void doesNotUnpackADecompressionBomb() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write(labels(5, 1));
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 256; i++) {
                out.write(zeros);
            }
        }
        Files.delete(mnist.resolve("train-labels-idx1-ubyte"));
        Files.write(mnist.resolve("train-labels-idx1-ubyte.gz"), packed.toByteArray());
        assertThat(problemOf("mnist")).contains("more in it than its header says");
    }

    @Test
    void namesWhatFollowsAGzipStream() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        packed.write(TarGz.gzip(labels(5, 1)));
        packed.write(new byte[] {1, 2, 3});
        Files.delete(mnist.resolve("train-labels-idx1-ubyte"));
        Files.write(mnist.resolve("train-labels-idx1-ubyte.gz"), packed.toByteArray());
        assertThat(problemOf("mnist"))
                .contains("train-labels-idx1-ubyte.gz", "Unexpected data after a valid .gz stream");
    }

    @Test
    void namesATruncatedGzipStream() throws IOException {
        byte[] packed = TarGz.gzip(labels(5, 1));
        Files.delete(mnist.resolve("train-labels-idx1-ubyte"));
        Files.write(mnist.resolve("train-labels-idx1-ubyte.gz"), Arrays.copyOf(packed, packed.length - 9));
        assertThat(problemOf("mnist")).contains("train-labels-idx1-ubyte.gz", "truncated or damaged");
    }

    @Test
    void refusesAGzipHeaderThatFillsTheMemory() throws IOException {
        byte[] packed = new byte[1 << 20];
        Arrays.fill(packed, (byte) 'n');
        // the flag 8 announces a name, which ends at a zero
        System.arraycopy(new byte[] {0x1f, (byte) 0x8b, 8, 8, 0, 0, 0, 0, 0, 0}, 0, packed, 0, 10);
        Files.delete(mnist.resolve("train-labels-idx1-ubyte"));
        Files.write(mnist.resolve("train-labels-idx1-ubyte.gz"), packed);
        assertThat(problemOf("mnist")).contains("a gzip header of more than 65536 bytes");
    }

    @Test
    void namesWhatFollowsTheImages() throws IOException {
        write("train-images-idx3-ubyte", Arrays.copyOf(images(5), 16 + 5 * PIXELS + 1));
        assertThat(problemOf("mnist")).contains("train-images-idx3-ubyte", "more in it than its header says");
    }

    @Test
    void namesImagesOfAnotherSize() throws IOException {
        byte[] images = images(5);
        ByteBuffer.wrap(images).putInt(8, 32);
        write("train-images-idx3-ubyte", images);
        assertThat(problemOf("mnist")).contains("images are 28 x 28, these 32 x 28");
    }

    @Test
    void namesAnIdxOfAnotherDimension() throws IOException {
        write("train-images-idx3-ubyte", ByteBuffer.allocate(100).putInt(0x804).array());
        assertThat(problemOf("mnist")).contains("magic of idx3 images is 00000803, this is 00000804");
    }

    @Test
    void namesAFolderInPlaceOfAFile() throws IOException {
        Files.delete(mnist.resolve("train-labels-idx1-ubyte"));
        Files.createDirectories(mnist.resolve("train-labels-idx1-ubyte.gz"));
        assertThat(problemOf("mnist")).contains("train-labels-idx1-ubyte.gz", "is a folder, not a file");
    }

    @Test
    void refusesAHeaderThatClaimsTooMuch() throws IOException {
        write(
                "train-labels-idx1-ubyte",
                ByteBuffer.allocate(8).putInt(0x801).putInt(2_000_000_000).array());
        assertThat(problemOf("mnist")).contains("its header says 2000000000");
    }

    @Test
    void aMissingSetSaysWhereItWasLookedFor() {
        assertThat(problemOf("cifar10")).contains("cifar10", "downloads are switched off");
    }

    @Test
    void theBundledSampleStandsInForFashionMnistAlone() {
        DatasetSource sample =
                datasets(true).find("fashion-mnist", "", problems).orElseThrow();
        assertThat(sample.source()).isEqualTo("bundled sample");
        assertThat(sample.train()).isEqualTo(4_000);
        assertThat(sample.test()).isEqualTo(2_000);
        assertThat(datasets(true).find("cifar10", "", problems)).isEmpty();
    }
}
