package io.thetascope.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.run.CheckpointSchedule;
import io.thetascope.contracts.run.InputShape;
import io.thetascope.networks.NetworkBuilder;
import io.thetascope.networks.NetworkDescription;
import io.thetascope.networks.Window;
import io.thetascope.trainer.checkpoint.ResumeFile;
import io.thetascope.trainer.optimizer.Adam;
import io.thetascope.trainer.optimizer.Optimizer;
import io.thetascope.trainer.optimizer.SgdMomentum;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResumeTest {
    private static final RunId RUN = new RunId("r0123456789abcdef0123");
    private static final NetworkDescription WITH_EVERYTHING = new NetworkBuilder("small", new InputShape(1, 32, 32))
            .unbiasedConv("conv", 4, new Window(3, 2, 1))
            .batchNorm("bn")
            .relu("relu")
            .maxPool("pool", Window.tiled(2))
            .flatten("flatten")
            .linear("fc1", 20)
            .dropout("drop", 0.5)
            .linear("fc2", 10)
            .build();

    @TempDir
    Path folder;

    /** Stopped before every 7th batch and continued from a file in a fresh training, over and over. */
    @ParameterizedTest
    @ValueSource(strings = {"sgd", "adam"})
    void endsAsIfItHadNeverStoppedHoweverOftenItDid(String optimizer) throws Exception {
        Recorder undisturbed = new Recorder();
        byte[] expected;
        try (TrainingFixture fixture = fixture(optimizer);
                Training training = fixture.training()) {
            training.run(undisturbed, () -> false);
            expected = everything(training, "undisturbed");
        }

        Recorder recorder = new Recorder();
        int parts = 0;
        boolean over = false;
        Position position = Position.START;
        while (!over) {
            try (TrainingFixture fixture = fixture(optimizer);
                    Training training = fixture.training()) {
                if (parts++ > 0) {
                    ResumeFile.read(folder.resolve("point"), training.snapshot(), position.batches());
                    training.resumeAt(position);
                }
                AtomicInteger asked = new AtomicInteger();
                over = !(training.run(recorder, () -> asked.incrementAndGet() == 7) instanceof TrainingEnding.Stopped);
                position = training.snapshot().position();
                ResumeFile.write(folder.resolve("point"), RUN, training.snapshot());
                if (over) {
                    assertThat(everything(training, "resumed")).isEqualTo(expected);
                }
            }
        }

        assertThat(parts).isGreaterThan(3);
        assertThat(recorder.weightHashes).isEqualTo(undisturbed.weightHashes);
        assertThat(recorder.steps).isEqualTo(undisturbed.steps);
        assertThat(recorder.epochs).isEqualTo(undisturbed.epochs);
    }

    private static TrainingFixture fixture(String optimizer) {
        TrainingFixture fixture = new TrainingFixture();
        fixture.network = WITH_EVERYTHING;
        fixture.evidence = true;
        fixture.epochs = 4;
        fixture.checkpoints = new CheckpointSchedule(1, true);
        fixture.optimizer = of(optimizer);
        return fixture;
    }

    private static Optimizer of(String name) {
        return name.equals("sgd") ? new SgdMomentum(0.9, 5e-4) : new Adam(0.9, 0.999, 1e-8, 0);
    }

    private byte[] everything(Training training, String name) throws Exception {
        return Files.readAllBytes(
                ResumeFile.write(folder.resolve(name), RUN, training.snapshot()).path());
    }

    @Test
    void refusesTheResumePointOfAnotherTrainingAndOverwritesNothing() throws Exception {
        Path adams = folder.resolve("adam");
        try (TrainingFixture fixture = fixture("adam");
                Training training = fixture.training()) {
            ResumeFile.write(adams, RUN, training.snapshot());
        }
        try (TrainingFixture fixture = fixture("sgd");
                Training training = fixture.training()) {
            byte[] before = everything(training, "before");
            assertThatThrownBy(() -> ResumeFile.read(adams, training.snapshot(), 0))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("resume.optimizer.velocity");
            assertThat(everything(training, "after")).isEqualTo(before);
        }
    }
}
