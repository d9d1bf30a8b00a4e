package io.thetascope.artifacts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessFolderTest {
    @TempDir
    Path folder;

    @Test
    void processesThatAreGoneLeaveNoFolderAlsoOneOfTheSameNumber() throws IOException {
        // Given
        Files.createDirectories(folder.resolve("17").resolve("deep"));
        Files.createDirectories(folder.resolve("18"));
        Files.createDirectories(folder.resolve("19").resolve("of the one before"));
        Files.createDirectories(folder.resolve("other"));

        // When process 19 starts while 18 is alive
        Path own = ProcessFolder.claim(folder, 19, pid -> pid > 17);

        // Then
        assertThat(own).isEqualTo(folder.resolve("19")).isEmptyDirectory();
        assertThat(names()).containsExactlyInAnyOrder("18", "19", "other");
    }

    private List<String> names() throws IOException {
        try (Stream<Path> found = Files.list(folder)) {
            return found.map(path -> path.getFileName().toString()).toList();
        }
    }
}
