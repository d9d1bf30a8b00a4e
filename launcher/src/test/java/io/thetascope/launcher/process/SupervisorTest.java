package io.thetascope.launcher.process;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisorTest {
    private static final RestartPolicy HASTY =
            new RestartPolicy(Duration.ofMillis(10), Duration.ofMillis(40), Duration.ofMinutes(1), 3);

    @TempDir
    Path folder;

    private final StopSignal stop = new StopSignal();
    private final List<String> said = new CopyOnWriteArrayList<>();
    private volatile List<RunningChild> running = List.of();

    @Test
    void startsAKilledChildAgainAndSaysSo() {
        try (Supervisor supervisor = supervisor()) {
            // Given
            supervisor.start(Children.watched(folder, "trainer-1", StayingMain.class));
            await().atMost(20, SECONDS).until(() -> running.size() == 1);
            long first = running.get(0).pid();
            // When
            ProcessHandle.of(first).orElseThrow().destroyForcibly();
            // Then
            await().atMost(20, SECONDS)
                    .until(() -> running.size() == 1 && running.get(0).pid() != first);
            assertThat(said).singleElement().asString().startsWith("trainer-1 ended with code 137; it starts again in");
            assertThat(stop.isRaised()).isFalse();
        }
        assertThat(running)
                .allSatisfy(child -> assertThat(ProcessHandle.of(child.pid()).filter(ProcessHandle::isAlive))
                        .isEmpty());
        // asked to leave, it is not told that the launcher is gone: it has all the time it needs
        assertThat(folder.resolve("trainer-1.log")).content().doesNotContain("launcher is gone");
    }

    @Test
    void givesUpAfterTooManyQuickDeathsWithTheEndOfTheLog() {
        try (Supervisor supervisor = supervisor()) {
            supervisor.start(Children.watched(folder, "gateway", DyingMain.class));
            await().atMost(60, SECONDS).until(stop::isRaised);
        }
        assertThat(stop.failure().orElseThrow())
                .contains("gateway ended 4 times in a row, last with code 3")
                .contains("no database at jdbc:nowhere");
        assertThat(said).hasSize(3);
    }

    @Test
    void waitsGrowToALimitAndALongLifeStartsTheCountAnew() {
        assertThat(List.of(HASTY.waitAfter(1), HASTY.waitAfter(2), HASTY.waitAfter(3), HASTY.waitAfter(99)))
                .containsExactly(
                        Duration.ofMillis(10), Duration.ofMillis(20), Duration.ofMillis(40), Duration.ofMillis(40));
        Child child = new Child(Children.watched(folder, "analyzer", DyingMain.class));
        child.died(1, HASTY);
        child.died(2, HASTY);
        assertThat(child.quickDeaths()).isEqualTo(2);
        child.died(Duration.ofMinutes(2).toNanos(), HASTY);
        assertThat(child.quickDeaths()).isEqualTo(1);
    }

    private Supervisor supervisor() {
        return new Supervisor(HASTY, System::nanoTime, stop, said::add, children -> running = children);
    }
}
