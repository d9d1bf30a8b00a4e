package io.thetascope.analyzer.measurement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.thetascope.analyzer.Bench;
import io.thetascope.analyzer.World;
import io.thetascope.contracts.analysis.AnalysisInput;
import io.thetascope.contracts.analysis.AnalysisKind;
import io.thetascope.contracts.analysis.AnalysisRequest;
import io.thetascope.contracts.analysis.BarrierResult;
import io.thetascope.contracts.analysis.InterpolationLine;
import io.thetascope.contracts.analysis.ProbeSet;
import io.thetascope.contracts.event.AnalysisCompleted;
import io.thetascope.contracts.run.RunOutcome;
import io.thetascope.contracts.run.RunSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** LeNet between two checkpoints. Oracle: a forward pass in double. */
class BarriersTest {
    private static final long LAST = 4;

    @TempDir
    private Path folder;

    private Bench bench;
    private RunSpec left;
    private RunSpec right;
    private FittedLeNet lenet;

    @BeforeEach
    void prepare() {
        bench(1L << 30);
    }

    private void bench(long heapBytes) {
        bench = new Bench(folder.resolve(Long.toString(heapBytes)), heapBytes);
        left = bench.world.run(1);
        right = bench.world.run(2);
        lenet = new FittedLeNet(bench.world, left, folder);
    }

    private AnalysisRequest between(Map<String, float[]> one, Map<String, float[]> other) {
        bench.world.ended(left, RunOutcome.FINISHED, bench.world.checkpoint(left, LAST, one));
        bench.world.ended(right, RunOutcome.FINISHED, bench.world.checkpoint(right, LAST, other));
        List<AnalysisInput> inputs = List.of(
                new AnalysisInput(AnalysisInput.LEFT, left.id(), left.schedule().lastStep()),
                new AnalysisInput(
                        AnalysisInput.RIGHT, right.id(), right.schedule().lastStep()));
        ProbeSet probe = ProbeSet.of(left.dataset().digest(), left.dataset().test());
        return new AnalysisRequest(AnalysisKind.BARRIER, AnalysisKind.BARRIER.version(), inputs, probe);
    }

    private BarrierResult measured(Map<String, float[]> one, Map<String, float[]> other) {
        return bench.result(between(one, other), BarrierResult.class);
    }

    private static double at(List<Double> losses, int point) {
        return Objects.requireNonNull(losses.get(point));
    }

    @Test
    void betweenTwoEqualModelsTheLossIsTheSameEverywhere() {
        // Given
        Map<String, float[]> weights = lenet.fitted(World.weights(left, LAST, 0));

        // When
        BarrierResult result = measured(weights, weights);

        // Then exactly
        assertThat(result.raw().trainLoss())
                .hasSize(11)
                .containsOnly(at(result.raw().trainLoss(), 0));
        assertThat(result.raw().probeLoss())
                .hasSize(11)
                .containsOnly(at(result.raw().probeLoss(), 0));
        assertThat(result.raw().trainBarrier()).isEqualTo(0);
        assertThat(result.raw().probeBarrier()).isEqualTo(0);
        assertThat(result.aligned()).isNull();
        assertThat(result.alignedAbsent()).contains("leaves every unit where it is");
    }

    @Test
    void lossesAreThoseOfAnIndependentForwardPassAtEveryPoint() {
        // Given
        Map<String, float[]> one = lenet.fitted(World.weights(left, LAST, 0));
        Map<String, float[]> other = lenet.fitted(World.weights(right, LAST, 0));

        // When
        AnalysisRequest request = between(one, other);
        BarrierResult result = bench.result(request, BarrierResult.class);

        // Then
        InterpolationLine raw = result.raw();
        double trainLeft = lenet.trainLoss(one);
        double trainRight = lenet.trainLoss(other);
        double trainBarrier = 0;
        for (int point = 0; point <= 10; point++) {
            Map<String, float[]> weights = interpolated(one, other, point / 10.0);
            double train = lenet.trainLoss(weights);
            assertThat(at(raw.trainLoss(), point)).isCloseTo(train, within(1e-5 * (1 + train)));
            double probe = lenet.testLoss(weights);
            assertThat(at(raw.probeLoss(), point)).isCloseTo(probe, within(1e-5 * (1 + probe)));
            double chord = trainLeft * (10 - point) / 10 + trainRight * point / 10;
            trainBarrier = Math.max(trainBarrier, train - chord);
        }
        assertThat(trainBarrier).isGreaterThan(0.1);
        assertThat(Objects.requireNonNull(raw.trainBarrier())).isCloseTo(trainBarrier, within(1e-4));
        assertThat(result.trainImages()).isEqualTo(World.TRAIN_IMAGES);
        assertThat(result.probeImages()).isEqualTo(World.TEST_IMAGES);
        assertThat(result.statisticsImages()).isZero();
        assertThat(result.aligned()).isNotNull();
        assertThat(result.alignedAbsent()).isNull();
        AnalysisCompleted completed = bench.facts.last();
        assertThat(completed.read()).extracting("name").containsExactly(AnalysisInput.LEFT, AnalysisInput.RIGHT);
    }

    private static Map<String, float[]> interpolated(
            Map<String, float[]> one, Map<String, float[]> other, double alpha) {
        Map<String, float[]> between = new HashMap<>();
        one.forEach((name, values) -> {
            float[] ends = other.getOrDefault(name, new float[0]);
            float[] point = new float[values.length];
            for (int i = 0; i < point.length; i++) {
                point[i] = (float) ((1 - alpha) * values[i] + alpha * ends[i]);
            }
            between.put(name, point);
        });
        return between;
    }

    @Test
    void aPlantedPermutationIsABarrierThatAlignmentRemoves() {
        // Given
        Map<String, float[]> weights = lenet.fitted(World.weights(left, LAST, 0));

        // When
        BarrierResult result = measured(weights, FittedLeNet.reversed(weights));

        // Then
        assertThat(Objects.requireNonNull(result.raw().trainBarrier())).isGreaterThan(0.1);
        assertThat(Objects.requireNonNull(result.raw().probeBarrier())).isGreaterThan(0.1);
        InterpolationLine aligned = Objects.requireNonNull(result.aligned());
        double trainLoss = lenet.trainLoss(weights);
        double testLoss = lenet.testLoss(weights);
        for (int point = 0; point <= 10; point++) {
            assertThat(at(aligned.trainLoss(), point)).isCloseTo(trainLoss, within(1e-4));
            assertThat(at(aligned.probeLoss(), point)).isCloseTo(testLoss, within(1e-4));
        }
        assertThat(Objects.requireNonNull(aligned.trainBarrier())).isLessThan(1e-4);
    }

    @Test
    void aDivergedModelHasNoBarrierAndCannotBeAligned() {
        // Given
        Map<String, float[]> weights = lenet.fitted(World.weights(left, LAST, 0));
        Map<String, float[]> diverged = new HashMap<>(weights);
        diverged.put("fc3.bias", new float[] {Float.NaN, 0, 0, 0, 0, 0, 0, 0, 0, 0});

        // When
        BarrierResult result = measured(weights, diverged);

        // Then
        assertThat(result.raw().trainBarrier()).isNull();
        assertThat(result.raw().trainLoss()).hasSize(11).last().isNull();
        assertThat(result.aligned()).isNull();
        assertThat(result.alignedAbsent()).contains("fc3.bias holds a value that is not finite");
    }

    @Test
    void withTooLittleHeapTheRawLineStandsAlone() {
        // Given
        bench(16L << 20);

        // When
        BarrierResult result = measured(World.weights(left, LAST, 0), World.weights(right, LAST, 0));

        // Then
        assertThat(result.raw().trainLoss()).hasSize(11).doesNotContainNull();
        assertThat(result.aligned()).isNull();
        assertThat(result.alignedAbsent()).contains("MiB of heap").contains("-Xmx");
    }

    @Test
    void removesTheCheckpointsOfTheLines() throws IOException {
        // When
        measured(World.weights(left, LAST, 0), World.weights(right, LAST, 0));

        // Then
        try (Stream<Path> files = Files.list(bench.cacheFolder())) {
            assertThat(files.map(f -> f.getFileName().toString()))
                    .noneMatch(name -> name.startsWith("line.") || name.startsWith("matched."));
        }
    }
}
