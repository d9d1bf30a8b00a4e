package io.thetascope.analyzer.measurement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.thetascope.analyzer.Bench;
import io.thetascope.analyzer.Family;
import io.thetascope.analyzer.World;
import io.thetascope.artifacts.ArtifactKeys;
import io.thetascope.artifacts.FailedAttempt;
import io.thetascope.contracts.analysis.AnalysisKind;
import io.thetascope.contracts.analysis.AnalysisOutcome;
import io.thetascope.contracts.analysis.AnalysisRequest;
import io.thetascope.contracts.analysis.ComparisonResult;
import io.thetascope.contracts.analysis.FeaturesResult;
import io.thetascope.contracts.analysis.MovementResult;
import io.thetascope.contracts.analysis.RunAnalyses;
import io.thetascope.contracts.event.AnalysisCompleted;
import io.thetascope.contracts.event.AnalysisJob;
import io.thetascope.contracts.event.CheckpointStored;
import io.thetascope.contracts.identity.Attempt;
import io.thetascope.contracts.identity.Step;
import io.thetascope.contracts.json.Json;
import io.thetascope.contracts.run.RunOutcome;
import io.thetascope.contracts.run.RunSpec;
import io.thetascope.jobqueue.JobEnding;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnalysisWorkerTest {
    private Bench bench;
    private RunSpec run;

    @BeforeEach
    void prepare(@TempDir Path folder) {
        bench = new Bench(folder);
        run = bench.world.run(1);
    }

    private AnalysisRequest request(AnalysisKind kind, long step) {
        return RunAnalyses.of(run).stream()
                .filter(r -> r.kind() == kind
                        && r.inputs().get(r.inputs().size() - 1).step().equals(new Step(step)))
                .findFirst()
                .orElseThrow();
    }

    private static <T> T result(AnalysisCompleted ending, Class<T> type) {
        assertThat(ending.reason()).isNull();
        return Json.read(Objects.requireNonNull(ending.result()), type);
    }

    @Test
    void measuresAMovementAndSaysWhatItRead() {
        // Given
        CheckpointStored start = bench.world.checkpoint(run, 0, 0);
        CheckpointStored end = bench.world.checkpoint(run, 2, 0);

        // When
        JobEnding ending = bench.work(request(AnalysisKind.MOVEMENT, 2));

        // Then
        assertThat(ending).isEqualTo(new JobEnding.Done());
        AnalysisCompleted measured = bench.facts.last();
        assertThat(measured.read())
                .extracting(r -> r.name() + " " + r.sha256())
                .containsExactly(
                        "start " + start.checkpoint().artifact().sha256(),
                        "from " + start.checkpoint().artifact().sha256(),
                        "to " + end.checkpoint().artifact().sha256());
        MovementResult movement = result(measured, MovementResult.class);
        double expected = distance(World.weights(run, 0, 0), World.weights(run, 2, 0));
        assertThat(movement.distance()).isCloseTo(expected, within(1e-9 * expected));
        assertThat(movement.layers()).hasSize(10);
        assertThat(bench.world.store().get(ArtifactKeys.analysis(measured.analysisId())))
                .isEqualTo(Json.bytes(measured));
    }

    private static double distance(Map<String, float[]> a, Map<String, float[]> b) {
        double sum = 0;
        for (Map.Entry<String, float[]> tensor : a.entrySet()) {
            float[] other = b.getOrDefault(tensor.getKey(), new float[0]);
            for (int i = 0; i < other.length; i++) {
                sum += Math.pow((double) tensor.getValue()[i] - other[i], 2);
            }
        }
        return Math.sqrt(sum);
    }

    @Test
    void measuresTheTriangleOfAFlip() {
        // Given
        Family family = Family.of(bench.world, 1);
        family.runs().forEach(r -> {
            CheckpointStored start = bench.world.checkpoint(r, 0, 0);
            bench.world.ended(r, RunOutcome.FINISHED, start, bench.world.checkpoint(r, 4, 0));
        });

        // When
        bench.work(family.perturbation());

        // Then
        ComparisonResult triangle = result(bench.facts.last(), ComparisonResult.class);
        double displaced = distance(World.weights(family.parent(), 4, 0), World.weights(family.child(), 0, 0));
        double drift = distance(World.weights(family.parent(), 4, 0), World.weights(family.same(), 4, 0));
        assertThat(triangle.displaced()).isCloseTo(displaced, within(1e-9 * displaced));
        assertThat(triangle.drift()).isCloseTo(drift, within(1e-9 * drift));
        assertThat(triangle.label()).isNull();
        assertThat(bench.facts.last().read()).hasSize(4);
    }

    @Test
    void announcesTheSameResultForTheSameJobAgain() {
        // Given
        bench.world.checkpoint(run, 0, 0);
        AnalysisRequest request = request(AnalysisKind.FEATURES, 0);

        // When
        bench.work(request);
        bench.work(request);

        // Then the second was the first, attempt included
        assertThat(bench.facts.endings()).hasSize(2);
        assertThat(Json.bytes(bench.facts.endings().get(1)))
                .isEqualTo(Json.bytes(bench.facts.endings().get(0)));
        assertThat(result(bench.facts.last(), FeaturesResult.class).images()).isEqualTo(World.TEST_IMAGES);
    }

    @Test
    void measuresAgainWhenAnotherCheckpointCountsNow() {
        // Given features of what was there
        CheckpointStored before = bench.world.checkpoint(run, 0, 0);
        bench.work(request(AnalysisKind.FEATURES, 0));

        // When the result names other weights
        CheckpointStored counts = bench.world.checkpoint(run, 0, 1);
        bench.world.ended(run, RunOutcome.FINISHED, counts);
        bench.work(request(AnalysisKind.FEATURES, 0));

        // Then
        assertThat(bench.facts.endings())
                .extracting(e -> e.read().get(0).sha256())
                .containsExactly(
                        before.checkpoint().artifact().sha256(),
                        counts.checkpoint().artifact().sha256());
    }

    @Test
    void refusesADamagedCheckpointByName() {
        // Given one bit turned over
        String key = bench.world.checkpoint(run, 0, 0).checkpoint().artifact().key();
        byte[] bytes = bench.world.store().get(key);
        bytes[bytes.length - 1] ^= 1;
        bench.world.store().put(key, bytes);

        // When
        bench.work(request(AnalysisKind.FEATURES, 0));

        // Then
        AnalysisCompleted ending = bench.facts.last();
        assertThat(ending.outcome()).isEqualTo(AnalysisOutcome.REFUSED);
        assertThat(ending.reason()).contains(key).contains("restore the object");
        assertThat(ending.result()).isNull();
        assertThat(bench.world.store().stat(ArtifactKeys.analysis(ending.analysisId())))
                .isEmpty();
    }

    @Test
    void refusesWeightsThatAreNotFinite() {
        // Given
        bench.world.checkpoint(run, 0, 0);
        Map<String, float[]> weights = World.weights(run, 2, 0);
        weights.getOrDefault("fc1.weight", new float[1])[17] = Float.POSITIVE_INFINITY;
        bench.world.checkpoint(run, 2, weights);

        // When
        bench.work(request(AnalysisKind.MOVEMENT, 2));
        bench.work(request(AnalysisKind.FEATURES, 2));

        // Then
        assertThat(bench.facts.endings())
                .hasSize(2)
                .allSatisfy(e -> assertThat(e.outcome()).isEqualTo(AnalysisOutcome.REFUSED))
                .allSatisfy(e -> assertThat(e.reason()).contains("not finite"));
    }

    @Test
    void refusesWhenTheProbeSetIsMissing() {
        // Given
        bench.world.checkpoint(run, 0, 0);
        String dataset = ArtifactKeys.dataset(run.dataset().digest());
        bench.world.store().delete(dataset);

        // When
        bench.work(request(AnalysisKind.FEATURES, 0));

        // Then
        assertThat(bench.facts.last().outcome()).isEqualTo(AnalysisOutcome.REFUSED);
        assertThat(bench.facts.last().reason()).contains(dataset).contains("restore it");
    }

    @Test
    void refusesAVersionItDoesNotMeasure() {
        // Given
        AnalysisRequest later = new AnalysisRequest(
                AnalysisKind.MOVEMENT, 4, request(AnalysisKind.MOVEMENT, 2).inputs(), null);

        // When
        bench.work(later);

        // Then
        assertThat(bench.facts.last().reason()).contains("version 3 of MOVEMENT, asked for is 4");
    }

    @Test
    void leavesAJobWhoseCheckpointIsNotThereYet() {
        // When
        JobEnding ending = bench.work(request(AnalysisKind.FEATURES, 4));

        // Then
        assertThat(ending).isEqualTo(new JobEnding.Done());
        assertThat(bench.facts.endings()).isEmpty();
    }

    @Test
    void announcesThatItGaveUp() {
        // Given
        AnalysisRequest request = request(AnalysisKind.FEATURES, 0);
        FailedAttempt last = new FailedAttempt(Attempt.of(9, 2), "worker", "out of memory", 0, true, World.NOW);

        // When
        bench.worker().gaveUp(new AnalysisJob(request.id(), request), last, 5);

        // Then
        assertThat(bench.facts.last().outcome()).isEqualTo(AnalysisOutcome.FAILED);
        assertThat(bench.facts.last().reason()).isEqualTo("gave up after 5 failures, the last: out of memory");
        assertThat(bench.facts.last().attempt()).isEqualTo(Attempt.of(9, 2));
    }
}
