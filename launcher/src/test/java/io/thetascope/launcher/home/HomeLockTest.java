package io.thetascope.launcher.home;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeLockTest {
    @TempDir
    Path folder;

    @Test
    void isTakenOnceAndFreeAgainWhenClosed() throws IOException {
        Home home = new Home(folder);
        try (HomeLock first = HomeLock.take(home).orElseThrow()) {
            assertThat(first).isNotNull();
            assertThat(HomeLock.take(home)).isEmpty();
        }
        try (HomeLock second = HomeLock.take(home).orElseThrow()) {
            assertThat(second).isNotNull();
        }
    }

    @Test
    void noteOfADeadLauncherIsNoNote() throws IOException {
        Home home = new Home(folder);
        RunningNote alive = note(ProcessHandle.current().pid());
        alive.write(home);
        assertThat(RunningNote.of(home)).contains(alive);

        note(Long.MAX_VALUE).write(home);
        assertThat(RunningNote.of(home)).isEmpty();
    }

    private static RunningNote note(long pid) {
        return new RunningNote(
                pid,
                "http://127.0.0.1:8080",
                "127.0.0.1:9092",
                "http://127.0.0.1:9000",
                List.of(new RunningNote.Service("trainer-1", 7, "http://127.0.0.1:1", "/logs/trainer-1.log")));
    }
}
