package io.thetascope.gateway.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.thetascope.artifacts.ArtifactKeys;
import io.thetascope.artifacts.safetensors.SafetensorsFile;
import io.thetascope.artifacts.safetensors.TensorEntry;
import io.thetascope.artifacts.store.InMemoryObjectStore;
import io.thetascope.contracts.identity.Digest;
import io.thetascope.contracts.study.DatasetSource;
import io.thetascope.gateway.request.Problem;
import io.thetascope.gateway.request.Problems;
import io.thetascope.gateway.testing.Samples;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of the real size, which hold zeros but for their last image. */
class CifarIntakeTest {
    private static final long RECORD = 1 + 3 * 32 * 32;
    private static final long LAST = 9_999 * RECORD;

    @TempDir
    Path root;

    private final Problems problems = new Problems();
    private Path cifar = Path.of("");

    @BeforeEach
    void writeASoundSet() throws IOException {
        cifar = Files.createDirectories(root.resolve("data/cifar-10-batches-bin"));
        for (int batch = 1; batch <= 5; batch++) {
            write("data_batch_" + batch + ".bin", batch, 10 * batch);
        }
        write("test_batch.bin", 9, 200);
    }

    private void write(String name, int label, int pixel) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(cifar.resolve(name).toFile(), "rw")) {
            file.setLength(10_000 * RECORD);
            file.seek(LAST);
            file.write(label);
            file.seek(10_000 * RECORD - 1);
            file.write(pixel);
        }
    }

    private Datasets datasets() {
        return new Datasets(new DatasetPlaces(
                Optional.of(root.resolve("data")), Optional.empty(), root.resolve("cache"), false, false));
    }

    private DatasetSource found() {
        return datasets().find("cifar10", "datasets[0]", problems).orElseThrow();
    }

    private String problem() {
        assertThat(datasets().find("cifar10", "datasets[0]", problems)).isEmpty();
        return problems.list().stream().map(Problem::remedy).reduce("", String::concat);
    }

    /** In another order than the batches have, as in the official archive. */
    private Path packInto(Path archive) throws IOException {
        Files.createDirectories(archive.getParent());
        try (TarArchiveOutputStream tar =
                new TarArchiveOutputStream(new GZIPOutputStream(Files.newOutputStream(archive)))) {
            for (String name : new String[] {
                "data_batch_4.bin",
                "test_batch.bin",
                "data_batch_1.bin",
                "data_batch_3.bin",
                "data_batch_5.bin",
                "data_batch_2.bin"
            }) {
                Path file = cifar.resolve(name);
                TarArchiveEntry entry = new TarArchiveEntry("cifar-10-batches-bin/" + name);
                entry.setSize(Files.size(file));
                tar.putArchiveEntry(entry);
                Files.copy(file, tar);
                tar.closeArchiveEntry();
                Files.delete(file);
            }
        }
        return archive;
    }

    @Test
    void everyBatchComesToItsPlace() throws IOException {
        Datasets datasets = datasets();
        DatasetSource source = datasets.find("cifar10", "", problems).orElseThrow();
        assertThat(source.train()).isEqualTo(50_000);
        assertThat(source.test()).isEqualTo(10_000);
        assertThat(source.channels()).isEqualTo(3);
        assertThat(source.official()).isFalse();
        InMemoryObjectStore store = new InMemoryObjectStore(() -> Samples.NOON);
        datasets.store(source, store);
        Path copy = store.download(ArtifactKeys.dataset(source.digest()), source.digest(), root);
        try (SafetensorsFile file = SafetensorsFile.open(copy)) {
            for (int batch = 1; batch <= 5; batch++) {
                assertThat(label(file, "train", batch * 10_000 - 1)).isEqualTo(batch);
                assertThat(lastPixel(file, "train", batch * 10_000 - 1)).isEqualTo(10 * batch);
            }
            assertThat(label(file, "test", 9_999)).isEqualTo(9);
            assertThat(lastPixel(file, "test", 9_999)).isEqualTo(200);
        }
    }

    private static long label(SafetensorsFile file, String split, int image) {
        long[] label = new long[1];
        file.readLongs(file.tensor(split + ".labels"), image, label, 0, 1);
        return label[0];
    }

    private static int lastPixel(SafetensorsFile file, String split, int image) {
        TensorEntry images = file.tensor(split + ".images");
        byte[] pixel = new byte[1];
        file.readBytes(images, (image + 1L) * 3 * 32 * 32 - 1, pixel, 0, 1);
        return Byte.toUnsignedInt(pixel[0]);
    }

    @Test
    void theArchiveGivesTheSameCanonicalFileAsTheFolder() throws IOException {
        Digest folder = found().digest();
        packInto(root.resolve("data/cifar-10-binary.tar.gz"));
        DatasetSource archive = found();
        assertThat(archive.digest()).isEqualTo(folder);
        assertThat(archive.source()).startsWith("archive ");
        assertThat(archive.official()).isFalse();
        assertThat(root.resolve("cache/canonical").toFile().list()).hasSize(1);
    }

    @Test
    void findsTheArchiveInTheSubfolderAndInTheCache() throws IOException {
        Path archive = packInto(root.resolve("data/cifar10/cifar-10-binary.tar.gz"));
        assertThat(found().source()).contains("cifar10");
        Files.createDirectories(root.resolve("cache/cifar10"));
        Files.move(archive, root.resolve("cache/cifar10/cifar-10-binary.tar.gz"));
        assertThat(found().source()).contains("cache");
    }

    @Test
    void namesATruncatedBatch() throws IOException {
        try (RandomAccessFile file =
                new RandomAccessFile(cifar.resolve("data_batch_3.bin").toFile(), "rw")) {
            file.setLength(LAST + 7);
        }
        assertThat(problem()).contains("data_batch_3.bin", "truncated: 7 of 3073 bytes are left");
        assertThat(root.resolve("cache/canonical")).isEmptyDirectory();
    }

    @Test
    void namesABatchWithMoreInIt() throws IOException {
        Files.write(cifar.resolve("test_batch.bin"), new byte[1], StandardOpenOption.APPEND);
        assertThat(problem()).contains("test_batch.bin", "there is more in it");
    }

    @Test
    void namesALabelOutOfRange() throws IOException {
        write("data_batch_2.bin", 10, 0);
        assertThat(problem()).contains("data_batch_2.bin", "that of image 9999 is 10");
    }

    @Test
    void namesAMissingBatch() throws IOException {
        Files.delete(cifar.resolve("data_batch_5.bin"));
        assertThat(problem()).contains("lacks data_batch_5.bin");
    }

    @Test
    void namesAFolderInPlaceOfABatch() throws IOException {
        Files.delete(cifar.resolve("data_batch_1.bin"));
        Files.createDirectories(cifar.resolve("data_batch_1.bin"));
        assertThat(problem()).contains("data_batch_1.bin", "is a folder, not a file");
    }

    @Test
    void doesNotUnpackABombInPlaceOfABatch() throws IOException {
        Files.delete(cifar.resolve("data_batch_1.bin"));
        byte[] zeros = new byte[1 << 20];
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(cifar.resolve("data_batch_1.bin.gz")))) {
            for (int i = 0; i < 256; i++) {
                out.write(zeros);
            }
        }
        assertThat(problem()).contains("data_batch_1.bin.gz", "there is more in it");
    }
}
