package io.thetascope.messaging.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ParentWatchTest {
    private final AtomicInteger calls = new AtomicInteger();

    @Test
    void callsBackWhenTheProcessIsKilled() throws Exception {
        // Given
        Process parent = longProcess();
        ParentWatch watch = ParentWatch.of(parent.pid(), calls::incrementAndGet);
        try (watch) {
            assertThat(calls).hasValue(0);
            // When
            parent.destroyForcibly();
            // Then
            await().until(() -> calls.get() == 1);
        }
    }

    @Test
    void callsBackAtOnceWhenTheProcessIsGoneAlready() throws Exception {
        // Given
        Process parent = longProcess();
        parent.destroyForcibly().waitFor();
        // When
        ParentWatch watch = ParentWatch.of(parent.pid(), calls::incrementAndGet);
        // Then
        try (watch) {
            await().until(() -> calls.get() == 1);
        }
    }

    // a shell without a script waits for input that never comes
    private static Process longProcess() throws IOException {
        return new ProcessBuilder("sh").start();
    }
}
