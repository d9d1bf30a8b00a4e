package io.thetascope.launcher.process;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KilledLauncherTest {
    @TempDir
    Path folder;

    @Test
    void leavesNoChildBehindNotEvenOneThatDoesNotShutDown() throws IOException {
        // Given
        Process parent = Children.watched(folder, "parent", ParentMain.class, folder.toString())
                .launch();
        try {
            await().atMost(30, SECONDS).until(() -> Files.exists(folder.resolve("pids")));
            List<ProcessHandle> children = Files.readAllLines(folder.resolve("pids")).stream()
                    .map(Long::parseLong)
                    .map(ProcessHandle::of)
                    .flatMap(Optional::stream)
                    .toList();
            await().atMost(30, SECONDS).until(() -> ready("staying") && ready("stubborn"));
            assertThat(children).hasSize(2).allMatch(ProcessHandle::isAlive);
            // When
            parent.destroyForcibly();
            // Then
            await().atMost(30, SECONDS).until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
        } finally {
            parent.destroyForcibly();
        }
    }

    private boolean ready(String child) throws IOException {
        return Files.readString(folder.resolve(child + ".log")).contains("ready");
    }
}
