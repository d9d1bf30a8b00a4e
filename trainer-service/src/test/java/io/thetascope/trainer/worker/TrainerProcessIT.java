package io.thetascope.trainer.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.thetascope.artifacts.ArtifactKeys;
import io.thetascope.artifacts.JsonObjects;
import io.thetascope.artifacts.store.MinioObjectStore;
import io.thetascope.artifacts.store.StoreLocation;
import io.thetascope.contracts.event.EpochCompleted;
import io.thetascope.contracts.event.RunControl;
import io.thetascope.contracts.event.RunFinished;
import io.thetascope.contracts.event.RunStarted;
import io.thetascope.contracts.event.TrainJob;
import io.thetascope.contracts.run.RunOutcome;
import io.thetascope.contracts.run.RunResult;
import io.thetascope.contracts.run.RunSpec;
import io.thetascope.messaging.EventPublisher;
import io.thetascope.testkit.Infra;
import io.thetascope.trainer.device.DeviceChoice;
import io.thetascope.trainer.device.TrainingDevice;
import io.thetascope.trainer.run.RunTraining;
import io.thetascope.trainer.run.SmallRuns;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A trainer on a real broker and a real object store. */
class TrainerProcessIT {
    private static final Duration LONGEST = Duration.ofSeconds(90);

    private final Infra infra = Infra.get();

    @Test
    void trainsAJobThatOneTrainerGaveBackWhenItWasStopped(@TempDir Path folder) {
        try (MinioObjectStore store = MinioObjectStore.at(new StoreLocation(
                        URI.create(infra.s3Endpoint()), infra.accessKey(), infra.secretKey(), infra.bucket()));
                EventPublisher facts = EventPublisher.connect(
                        Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, infra.bootstrapServers()),
                        "test",
                        Clock.systemUTC());
                FactLog log = new FactLog(infra.bootstrapServers())) {
            RunSpec spec = SmallRuns.spec(SmallRuns.putDataset(store, folder), 2000, 0.001);
            try (TrainerProcess first = process(infra, "first", store, folder, new SimpleMeterRegistry())) {
                first.start();
                await().atMost(LONGEST).until(() -> first.trouble().isEmpty());
                facts.publish(new TrainJob(spec.id(), spec)).join();
                log.await(EpochCompleted.class, spec.id(), LONGEST);
            }
            assertThat(log.of(RunFinished.class, spec.id())).isEmpty();

            RunSpec quick = SmallRuns.spec(spec.dataset().digest(), 1, 0.001);
            facts.publish(new TrainJob(quick.id(), quick)).join();
            MeterRegistry meters = new SimpleMeterRegistry();
            try (TrainerProcess second = process(infra, "second", store, folder, meters)) {
                second.start();
                log.awaitStartedBy("second", spec.id(), LONGEST);
                facts.publish(new RunControl(spec.id(), false, 1)).join();
                RunFinished cancelled = log.await(RunFinished.class, spec.id(), LONGEST);
                assertThat(cancelled.outcome()).isEqualTo(RunOutcome.CANCELLED);
                RunFinished finished = log.await(RunFinished.class, quick.id(), LONGEST);
                assertThat(finished.outcome()).isEqualTo(RunOutcome.FINISHED);
            }
            assertThat(log.of(RunStarted.class, spec.id()))
                    .extracting(RunStarted::worker)
                    .containsExactly("first", "second");
            // both endings are counted, and the busy worker is idle again
            assertThat(meters.get("thetascope.trainer.runs.ended").counters())
                    .extracting(counter -> counter.getId().getTag("outcome") + " " + counter.count())
                    .containsExactlyInAnyOrder("cancelled 1.0", "finished 1.0");
            assertThat(meters.get("thetascope.worker.busy").gauge().value()).isZero();
            assertThat(new JsonObjects(store).read(ArtifactKeys.result(quick.id()), RunResult.class))
                    .isPresent();
        }
    }

    private static TrainerProcess process(
            Infra infra, String worker, MinioObjectStore store, Path folder, MeterRegistry meters) {
        TrainingDevice device = TrainingDevice.open(new DeviceChoice("cpu"));
        return new TrainerProcess(
                new TrainerProcess.Connections(
                        infra.bootstrapServers(), true, store, folder.resolve("datasets"), device),
                new RunTraining.Trainer(worker, folder, Clock.systemUTC(), System::nanoTime, Duration.ofSeconds(30)),
                meters);
    }
}
