package io.thetascope.gateway.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thetascope.contracts.identity.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveFilesTest {
    private static final Digest OTHER = new Digest("ab".repeat(32));

    @TempDir
    Path folder;

    private final Map<String, String> taken = new LinkedHashMap<>();

    private ArchiveFiles archive(byte[] bytes, Digest official) throws IOException {
        Path path = Files.write(folder.resolve("two.tar.gz"), bytes);
        return new ArchiveFiles(path, List.of("a.bin", "b.bin"), 4, official);
    }

    private boolean read(ArchiveFiles archive) throws IOException, MalformedDatasetException {
        return archive.read((name, content) -> {
            taken.put(name, new String(content.take(4), StandardCharsets.US_ASCII));
            content.end();
        });
    }

    private void refuses(byte[] bytes, String reason) throws IOException {
        ArchiveFiles archive = archive(bytes, OTHER);
        assertThatThrownBy(() -> read(archive))
                .isInstanceOf(MalformedDatasetException.class)
                .hasMessageContaining("two.tar.gz")
                .hasMessageContaining(reason);
    }

    private static TarGz sound() throws IOException {
        return new TarGz()
                .file("set/readme.html", "what it is")
                .file("set/b.bin", "bbbb")
                .file("set/a.bin", "aaaa");
    }

    @Test
    void handsTheFilesOverInTheOrderOfTheArchive() throws Exception {
        assertThat(read(archive(sound().packed(), OTHER))).isFalse();
        assertThat(taken).containsExactly(Map.entry("b.bin", "bbbb"), Map.entry("a.bin", "aaaa"));
    }

    @Test
    void isOfficialWhenItsChecksumIs() throws Exception {
        byte[] bytes = sound().packed();
        assertThat(read(archive(bytes, Digest.of(bytes)))).isTrue();
    }

    @Test
    void refusesAMissingFile() throws IOException {
        refuses(new TarGz().file("a.bin", "aaaa").packed(), "lacks b.bin");
    }

    @Test
    void refusesAFileThatIsThereTwice() throws IOException {
        refuses(sound().file("again/a.bin", "cccc").packed(), "holds a.bin twice");
    }

    @Test
    void refusesAFileOfAnotherLength() throws IOException {
        refuses(new TarGz().file("a.bin", "aaaaa").packed(), "a.bin in it has 5 bytes, not 4");
    }

    @Test
    void refusesALinkInPlaceOfAFile() throws IOException {
        refuses(new TarGz().symbolicLink("a.bin", "/etc/passwd").packed(), "a.bin in it is a link");
    }

    @Test
    void doesNotUnpackABombBesideTheFiles() throws IOException {
        refuses(new TarGz().file("bomb", new byte[8 << 20]).packed(), "holds 8388608 bytes that are none of its files");
    }

    @Test
    void refusesANameThatFillsTheMemory() throws IOException {
        refuses(new TarGz().longName(4 << 20).packed(), "more bytes than its headers announce");
    }

    @Test
    void refusesMoreEntriesThanAnyArchiveHas() throws IOException {
        TarGz many = sound();
        for (int i = 0; i < 64; i++) {
            many.file("empty" + i, "");
        }
        refuses(many.packed(), "holds more than 64 entries");
    }

    @Test
    void refusesEndlessZerosAfterTheEnd() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(sound().unpacked());
        bytes.write(new byte[4 << 20]);
        refuses(TarGz.gzip(bytes.toByteArray()), "more bytes than its headers announce");
    }

    @Test
    void refusesWhatFollowsTheEndOfTheArchive() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(sound().unpacked());
        bytes.write(new byte[] {0, 0, 7});
        refuses(TarGz.gzip(bytes.toByteArray()), "there is more in it after its end");
    }

    @Test
    void refusesWhatFollowsTheGzipStream() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(sound().packed());
        bytes.write("trailing".getBytes(StandardCharsets.US_ASCII));
        refuses(bytes.toByteArray(), "Unexpected data after a valid .gz stream");
    }

    @Test
    void refusesATruncatedArchive() throws IOException {
        byte[] bytes = sound().packed();
        refuses(Arrays.copyOf(bytes, bytes.length / 2), "truncated or damaged");
    }

    @Test
    void refusesWhatIsNoArchive() throws IOException {
        refuses("<html>404</html>".getBytes(StandardCharsets.US_ASCII), "cannot be unpacked");
        refuses(TarGz.gzip(new byte[100_000]), "lacks a.bin");
    }

    @Test
    void refusesAFolderOfItsName() throws IOException {
        ArchiveFiles archive =
                new ArchiveFiles(Files.createDirectories(folder.resolve("two.tar.gz")), List.of("a.bin"), 4, OTHER);
        assertThatThrownBy(() -> read(archive)).hasMessageContaining("is a folder, not a file");
    }

    /** Whatever is in a header, an archive is read or refused by name; nothing else may come out of the library. */
    @Test
    void refusesCorruptHeadersByNameWhateverIsInThem() throws Exception {
        byte[] sound = new TarGz()
                .longName(150)
                .file("set/b.bin", "bbbb")
                .extended("set/a.bin", "aaaa")
                .unpacked();
        int refused = 0;
        for (int seed = 0; seed < 600; seed++) {
            byte[] bytes = corrupted(sound, new Random(seed));
            ArchiveFiles archive = archive(TarGz.gzip(bytes), OTHER);
            try {
                read(archive);
            } catch (MalformedDatasetException e) {
                assertThat(e).as("seed " + seed).hasMessageContaining("two.tar.gz");
                refused++;
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
        assertThat(refused).isBetween(300, 600);
    }

    /** Changes some bytes of one header or record, and mends that block's checksum so that it is read at all. */
    private static byte[] corrupted(byte[] sound, Random random) {
        byte[] bytes = sound.clone();
        int blocks = bytes.length / TarGz.BLOCK;
        int block = random.nextInt(Math.min(blocks, 12)) * TarGz.BLOCK;
        for (int i = 0; i <= random.nextInt(6); i++) {
            bytes[block + random.nextInt(TarGz.BLOCK)] = (byte) random.nextInt(256);
        }
        if (random.nextInt(4) > 0) {
            TarGz.mendChecksum(bytes, block);
        }
        return bytes;
    }
}
