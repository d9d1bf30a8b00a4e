package io.thetascope.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.BaseNDManager;
import io.thetascope.contracts.identity.Step;
import io.thetascope.contracts.run.EpochFigures;
import io.thetascope.trainer.network.NetworkState;
import io.thetascope.trainer.optimizer.Evidence;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class NativeMemoryTest {
    private static final Path STATUS = Path.of("/proc/self/status");

    @Test
    void staysAsItIsFromEpochToEpochAndGoesWithTheTraining() {
        Assumptions.assumeTrue(Files.isReadable(STATUS), "resident memory is read from /proc");
        Sampler sampler = new Sampler();
        try (TrainingFixture fixture = new TrainingFixture()) {
            fixture.epochs = 30;
            try (Training training = fixture.training()) {
                training.run(sampler, () -> false);
            }
            assertThat(((BaseNDManager) fixture.owner).getManagedArrays()).isEmpty();
        }
        long settled = sampler.residentKiB.get(10);
        long last = sampler.residentKiB.get(30);
        // 20 epochs are 100 steps of 50 images: one leaked activation a step would be 90 MB
        assertThat(last - settled).isLessThan(48 << 10);
    }

    private static final class Sampler implements TrainingObserver {
        final List<Long> residentKiB = new ArrayList<>();

        @Override
        public void checkpoint(Step step, int epoch, NetworkState state, Optional<Evidence> evidence) {}

        @Override
        public void between(Snapshot snapshot) {}

        @Override
        public void epoch(EpochFigures figures, OptionalDouble imagesPerSecond) {
            try {
                String line = Files.readAllLines(STATUS).stream()
                        .filter(l -> l.startsWith("VmRSS"))
                        .findFirst()
                        .orElseThrow();
                residentKiB.add(Long.parseLong(line.replaceAll("\\D", "")));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
