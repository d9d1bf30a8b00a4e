package io.thetascope.trainer.metrics;

import ai.djl.Device;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.thetascope.contracts.run.RunOutcome;
import io.thetascope.contracts.run.StoredCheckpoint;
import io.thetascope.trainer.run.TrainingListener;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Supplier;

/**
 * Exports how trainings get on. A rate is that of the run in work, over its last epoch: without a run, or before its first
 * epoch is over, it is NaN.
 */
public final class TrainerMeters implements TrainingListener {
    private static final Duration[] SECONDS = {
        Duration.ofMillis(50),
        Duration.ofMillis(250),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        Duration.ofSeconds(15),
        Duration.ofSeconds(60),
        Duration.ofSeconds(300)
    };
    // LeNet has 0.25 MB, ResNet18 45 MB, VGG19 558 MB
    private static final double[] BYTES = {1e5, 1e6, 1e7, 1e8, 1e9};

    private final MeterRegistry meters;
    private final Counter steps;
    private final Counter images;
    private final Timer storing;
    private final DistributionSummary bytes;
    private volatile double imagesPerSecond = Double.NaN;

    /**
     * Exports to this registry.
     *
     * @param device whose memory is exported when it is a GPU
     */
    public TrainerMeters(MeterRegistry meters, Device device) {
        this.meters = meters;
        this.steps = meters.counter("thetascope.trainer.steps");
        this.images = meters.counter("thetascope.trainer.images");
        this.storing = timer("thetascope.trainer.checkpoint", "to write a checkpoint and put it into the store")
                .register(meters);
        this.bytes = DistributionSummary.builder("thetascope.trainer.checkpoint.size")
                .description("size of the checkpoints that were stored")
                .baseUnit("bytes")
                .serviceLevelObjectives(BYTES)
                .register(meters);
        Gauge.builder("thetascope.trainer.images.per.second", () -> imagesPerSecond)
                .description("images a second in the last epoch of the run in work, without evaluation and storing")
                .register(meters);
        for (Stall cause : Stall.values()) {
            stall(cause);
        }
        GpuMemory.export(meters, device);
    }

    @Override
    public void begins() {
        imagesPerSecond = Double.NaN;
    }

    @Override
    public void trained(long newSteps, long newImages) {
        steps.increment((double) newSteps);
        images.increment((double) newImages);
    }

    @Override
    public void epoch(OptionalDouble rate) {
        imagesPerSecond = rate.orElse(Double.NaN);
    }

    @Override
    public void stands(Stall cause, Runnable work) {
        Timer.Sample sample = Timer.start(meters);
        work.run();
        sample.stop(stall(cause)); // what failed ends the attempt, and is no stall
    }

    @Override
    public StoredCheckpoint stores(Supplier<StoredCheckpoint> work) {
        Timer.Sample sample = Timer.start(meters);
        StoredCheckpoint stored = work.get();
        sample.stop(storing);
        bytes.record((double) stored.artifact().bytes());
        return stored;
    }

    @Override
    public void ends() {
        imagesPerSecond = Double.NaN;
    }

    @Override
    public void runEnded(RunOutcome outcome) {
        String word = outcome.name().toLowerCase(Locale.ROOT);
        meters.counter("thetascope.trainer.runs.ended", "outcome", word).increment();
    }

    private Timer stall(Stall cause) {
        return timer("thetascope.trainer.stall", "for which training stood still")
                .tag("cause", cause.name().toLowerCase(Locale.ROOT))
                .register(meters);
    }

    private static Timer.Builder timer(String name, String description) {
        return Timer.builder(name).description(description).serviceLevelObjectives(SECONDS);
    }
}
