package io.thetascope.launcher.command;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.thetascope.launcher.Main;
import io.thetascope.launcher.home.Home;
import io.thetascope.launcher.home.RunningNote;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher as a process of its own, stopped in every way there is. */
class UpIT {
    @TempDir
    Path folder;

    private Home home = new Home(Path.of("/"));
    private Path said = Path.of("");

    @BeforeEach
    void repositoryThatIsBuilt() throws IOException {
        StandIns.build(folder);
        home = new Home(folder.resolve("home"));
        said = folder.resolve("said");
    }

    @AfterEach
    void nothingStaysWhateverFailed() {
        RunningNote.of(home).flatMap(note -> ProcessHandle.of(note.pid())).ifPresent(ProcessHandle::destroyForcibly);
    }

    @Test
    void terminatedOrKilledItLeavesNoProcessAndWhatItHadCanBeUsedAgain() throws Exception {
        // killed: no chance to say goodbye
        Process first = up();
        List<ProcessHandle> children = children(first);
        first.destroyForcibly();
        await().atMost(30, SECONDS).until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
        assertThat(RunningNote.of(home)).isEmpty();

        // terminated, as by Ctrl-C or a service manager: on the data that the killed one left
        Process second = up();
        List<ProcessHandle> others = children(second);
        second.destroy();
        assertThat(second.waitFor(60, SECONDS)).isTrue();
        assertThat(others).noneMatch(ProcessHandle::isAlive);
        assertThat(second.exitValue()).isEqualTo(143);
        assertThat(home.note()).doesNotExist();
    }

    private Process up() throws IOException {
        Files.deleteIfExists(said);
        Process launcher = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-Dthetascope.root=" + folder,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "up",
                        "--home=" + home.root(),
                        "--port=0",
                        "--kafka-port=0",
                        "--s3-port=0",
                        "--trainers=2")
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        await().atMost(90, SECONDS)
                .until(() -> !launcher.isAlive() || Files.readString(said).contains("Thetascope is up at"));
        assertThat(Files.readString(said)).contains("Thetascope is up at");
        return launcher;
    }

    private static List<ProcessHandle> children(Process launcher) {
        List<ProcessHandle> children = launcher.children().toList();
        assertThat(children).hasSize(5).allMatch(ProcessHandle::isAlive);
        return children;
    }
}
