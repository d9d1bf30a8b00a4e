package io.thetascope.jobqueue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.thetascope.artifacts.store.InMemoryObjectStore;
import io.thetascope.launcher.infra.EmbeddedKafka;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerAwayIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @Test
    void anIdleWorkerSaysThatItsBrokerIsAwayAndTakesJobsWhenItIsBack() throws Exception {
        EmbeddedKafka broker = EmbeddedKafka.start(folder, 0);
        ScriptedHandler handler = new ScriptedHandler((job, lease) -> new JobEnding.Done());
        TestQueue queue = TestQueue.create(broker.bootstrapServers());
        try (JobQueue<String> worker = queue.worker("w1", handler, new InMemoryObjectStore(InstantSource.system()))) {
            await().atMost(PATIENCE).until(() -> worker.trouble().isEmpty());

            broker.close();
            await().atMost(PATIENCE).until(() -> worker.trouble().isPresent());
            assertThat(worker.trouble()).get().asString().contains(broker.bootstrapServers());

            broker = EmbeddedKafka.start(folder, broker.port());
            queue.send("after");
            await().atMost(PATIENCE).until(() -> handler.done.contains("after"));
            assertThat(worker.trouble()).isEmpty();
        } finally {
            broker.close();
        }
    }
}
