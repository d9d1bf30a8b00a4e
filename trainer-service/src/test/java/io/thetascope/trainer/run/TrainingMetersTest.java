package io.thetascope.trainer.run;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.thetascope.contracts.event.CheckpointStored;
import io.thetascope.contracts.event.EpochCompleted;
import io.thetascope.contracts.run.RunSpec;
import io.thetascope.jobqueue.JobEnding;
import io.thetascope.trainer.metrics.TrainerMeters;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a trainer exports is what it announces. */
class TrainingMetersTest {
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final RunFixture fixture;
    private final RunSpec spec;

    TrainingMetersTest(@TempDir Path folder) {
        fixture = new RunFixture(folder, new TrainerMeters(meters, Device.cpu()));
        spec = SmallRuns.spec(fixture.dataset, 3, 0.01);
    }

    @Test
    void metersEqualTheFactsOfARun() {
        // Given a clock that goes on, so that there is a rate, and resume points are due
        fixture.secondsALook = 5;
        List<Double> rates = new ArrayList<>();
        Set<String> resumePoints = new HashSet<>(); // two are kept
        fixture.facts.listener = event -> {
            fixture.store.list("runs/").stream()
                    .filter(key -> key.contains("/resume/") && key.endsWith(".json"))
                    .forEach(resumePoints::add);
            if (event instanceof CheckpointStored) {
                rates.add(value("thetascope.trainer.images.per.second"));
            }
        };
        // When
        assertThat(fixture.train(spec)).isEqualTo(new JobEnding.Done());
        // Then
        List<CheckpointStored> stored = fixture.facts.of(CheckpointStored.class);
        DistributionSummary sizes =
                meters.get("thetascope.trainer.checkpoint.size").summary();
        assertThat(sizes.count()).isEqualTo(stored.size()).isEqualTo(3);
        assertThat(sizes.totalAmount())
                .isEqualTo(stored.stream()
                        .mapToDouble(s -> s.checkpoint().artifact().bytes())
                        .sum());
        assertThat(meters.get("thetascope.trainer.checkpoint").timer().count()).isEqualTo(3);
        assertThat(stalls("checkpoint")).isEqualTo(3);
        assertThat(stalls("resume_point")).isEqualTo(resumePoints.size()).isPositive();
        assertThat(count("thetascope.trainer.steps")).isEqualTo(12);
        assertThat(count("thetascope.trainer.images")).isEqualTo(300);
        assertThat(ended("finished")).isEqualTo(1);
        // the rate is that of the epoch before, and nobody's once the run is over
        List<EpochCompleted> epochs = fixture.facts.of(EpochCompleted.class);
        assertThat(rates)
                .containsExactly(
                        Double.NaN,
                        epochs.get(1).imagesPerSecond(),
                        epochs.get(2).imagesPerSecond());
        assertThat(value("thetascope.trainer.images.per.second")).isNaN();
    }

    @Test
    void aRunThatIsResumedIsCountedOnceAndItsEndAgainNotAtAll() {
        fixture.atEpoch(2, fixture::leave);
        assertThat(fixture.train(spec)).isEqualTo(new JobEnding.Released());
        assertThat(count("thetascope.trainer.steps")).isEqualTo(8);
        fixture.comeBack();
        fixture.train(spec);
        fixture.train(spec); // a duplicate job announces the end again

        assertThat(count("thetascope.trainer.steps")).isEqualTo(12);
        assertThat(count("thetascope.trainer.images")).isEqualTo(300);
        assertThat(ended("finished")).isEqualTo(1);
    }

    @Test
    void aRunThatDivergesIsCountedAsThat() {
        fixture.train(SmallRuns.spec(fixture.dataset, 3, 1e20));
        assertThat(ended("diverged")).isEqualTo(1);
    }

    @Test
    void aCpuHasNoGpuMemory() {
        assertThat(meters.find("thetascope.trainer.gpu.memory.used").gauge()).isNull();
    }

    private double value(String gauge) {
        return meters.get(gauge).gauge().value();
    }

    private double count(String counter) {
        return meters.get(counter).counter().count();
    }

    private double ended(String outcome) {
        return meters.get("thetascope.trainer.runs.ended")
                .tag("outcome", outcome)
                .counter()
                .count();
    }

    private long stalls(String cause) {
        return meters.get("thetascope.trainer.stall")
                .tag("cause", cause)
                .timer()
                .count();
    }
}
