package io.thetascope.gateway.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeftoversTest {
    @TempDir
    Path cache;

    private Path file(String name) throws IOException {
        Path file = cache.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, "half of it");
    }

    @Test
    void removesWhatAKilledProcessWasWritingAndNothingElse() throws IOException {
        List<Path> leftovers = List.of(
                file("uploads/upload.1.partial"), file("canonical/pixels.2.partial"), file("mnist/download3.partial"));
        List<Path> others = List.of(
                file("canonical/ab.safetensors"),
                file("cifar10/cifar-10-binary.tar.gz"),
                file("trainer/download.4.partial"), // a trainer may be writing it
                file("uploads/folder.partial/kept"));

        Leftovers.remove(cache);

        assertThat(leftovers).noneMatch(Files::exists);
        assertThat(others).allMatch(Files::exists);
    }

    @Test
    void aCacheThatIsNotThereYetHasNone() {
        Leftovers.remove(cache.resolve("none"));
        assertThat(cache).isEmptyDirectory();
    }
}
