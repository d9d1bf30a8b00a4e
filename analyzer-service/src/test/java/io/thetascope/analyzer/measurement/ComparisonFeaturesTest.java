package io.thetascope.analyzer.measurement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.thetascope.analyzer.Bench;
import io.thetascope.analyzer.Family;
import io.thetascope.analyzer.World;
import io.thetascope.artifacts.ArtifactKeys;
import io.thetascope.contracts.analysis.AnalysisInput;
import io.thetascope.contracts.analysis.AnalysisKind;
import io.thetascope.contracts.analysis.AnalysisRequest;
import io.thetascope.contracts.analysis.ComparisonResult;
import io.thetascope.contracts.analysis.FeatureSimilarity;
import io.thetascope.contracts.analysis.ProbeSet;
import io.thetascope.contracts.analysis.RunAnalyses;
import io.thetascope.contracts.event.CheckpointStored;
import io.thetascope.contracts.identity.Step;
import io.thetascope.contracts.json.Json;
import io.thetascope.contracts.run.RunOutcome;
import io.thetascope.contracts.run.RunSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonFeaturesTest {
    private static final Step LAST = new Step(4);

    @TempDir
    private Path folder;

    private Bench bench;

    @BeforeEach
    void prepare() {
        bench = new Bench(folder.resolve("bench"));
    }

    private static AnalysisRequest pair(RunSpec left, RunSpec right) {
        ProbeSet probe = ProbeSet.of(left.dataset().digest(), left.dataset().test());
        List<AnalysisInput> inputs = List.of(
                new AnalysisInput(AnalysisInput.LEFT, left.id(), LAST),
                new AnalysisInput(AnalysisInput.RIGHT, right.id(), LAST));
        return new AnalysisRequest(AnalysisKind.PAIR, AnalysisKind.PAIR.version(), inputs, probe);
    }

    private void trained(RunSpec run, Map<String, float[]> end) {
        CheckpointStored[] lineage = {
            bench.world.checkpoint(run, 0, 0), bench.world.checkpoint(run, 2, 0), bench.world.checkpoint(run, 4, end)
        };
        bench.world.ended(run, RunOutcome.FINISHED, lineage);
    }

    private FeatureSimilarity similarity(AnalysisRequest request) {
        ComparisonResult result = bench.result(request, ComparisonResult.class);
        assertThat(result.featuresAbsent()).isNull();
        return Objects.requireNonNull(result.features());
    }

    @Test
    void equalModelsHaveEqualFeatures() {
        // Given
        RunSpec left = bench.world.run(1);
        RunSpec right = bench.world.run(2);
        Map<String, float[]> weights = World.weights(left, 4, 0);
        trained(left, weights);
        trained(right, weights);

        // When
        FeatureSimilarity same = similarity(pair(left, right));

        // Then
        assertThat(same.images()).isEqualTo(World.TEST_IMAGES);
        assertThat(same.matchedCorrelation()).isCloseTo(1, within(1e-9));
        assertThat(same.cka()).isCloseTo(1, within(1e-9));
        assertThat(same.procrustes()).isCloseTo(0, within(1e-6));
        assertThat(same.agreement()).isEqualTo(1);
        assertThat(same.unitCorrelationLabel()).isEqualTo(FeatureSimilarity.DIFFERENT_STARTS);
    }

    @Test
    void theNumbersAreTheSameFromStoredFeaturesAndFromCheckpoints() {
        // Given
        RunSpec left = bench.world.run(1);
        RunSpec right = bench.world.run(2);
        trained(left, World.weights(left, 4, 0));
        trained(right, World.weights(right, 4, 0));
        AnalysisRequest request = pair(left, right);
        String fromCheckpoints =
                Json.canonical(Objects.requireNonNull(bench.measured(request).result()));
        bench.world.store().delete(ArtifactKeys.analysis(request.id()));

        // When the features of both are measured, and one is damaged afterwards
        bench.measured(RunAnalyses.features(left, LAST));
        bench.measured(RunAnalyses.features(right, LAST));
        String fromFeatures =
                Json.canonical(Objects.requireNonNull(bench.measured(request).result()));
        bench.world.store().delete(ArtifactKeys.analysis(request.id()));
        String tensors =
                ArtifactKeys.analysisTensors(RunAnalyses.features(left, LAST).id());
        byte[] bytes = bench.world.store().get(tensors);
        bytes[bytes.length - 1] ^= 1;
        Bench fresh = bench.restarted(folder.resolve("fresh"));
        bench.world.store().put(tensors, bytes);
        String pastDamage =
                Json.canonical(Objects.requireNonNull(fresh.measured(request).result()));

        // Then
        assertThat(fromFeatures).isEqualTo(fromCheckpoints);
        assertThat(pastDamage).isEqualTo(fromCheckpoints);
    }

    @Test
    void readsMeasuredFeaturesInPlaceOfRunningTheNetwork() {
        // Given measured features, and images that are gone since
        RunSpec left = bench.world.run(1);
        RunSpec right = bench.world.run(2);
        trained(left, World.weights(left, 4, 0));
        trained(right, World.weights(right, 4, 0));
        bench.measured(RunAnalyses.features(left, LAST));
        bench.measured(RunAnalyses.features(right, LAST));
        bench.world.store().delete(ArtifactKeys.dataset(left.dataset().digest()));
        Bench fresh = bench.restarted(folder.resolve("fresh"));

        // Then
        ComparisonResult result = fresh.result(pair(left, right), ComparisonResult.class);
        assertThat(result.features()).isNotNull();
    }

    @Test
    void modelsOfOneStartAreComparedUnitByUnit() {
        // Given
        Family family = Family.of(bench.world, 1);
        family.runs().forEach(bench.world::trained);

        // Then
        assertThat(family.comparisons())
                .filteredOn(c -> c.kind().comparesModels())
                .hasSize(5)
                .allSatisfy(
                        c -> assertThat(similarity(c).unitCorrelationLabel()).isNull());
    }

    @Test
    void aModelOfDeadUnitsIsComparedByItsWeightsAlone() {
        // Given a right whose last hidden layer never opens
        RunSpec left = bench.world.run(1);
        RunSpec right = bench.world.run(2);
        trained(left, World.weights(left, 4, 0));
        Map<String, float[]> dead = World.weights(right, 4, 0);
        Arrays.fill(dead.getOrDefault("fc2.bias", new float[0]), -100);
        trained(right, dead);

        // When
        ComparisonResult result = bench.result(pair(left, right), ComparisonResult.class);

        // Then
        assertThat(result.distance()).isPositive();
        assertThat(result.features()).isNull();
        assertThat(result.featuresAbsent()).contains("units").contains(";");
    }

    @Test
    void leavesNoFilesBehindThatNobodyCounts() throws Exception {
        // Given
        RunSpec left = bench.world.run(1);
        RunSpec right = bench.world.run(2);
        trained(left, World.weights(left, 4, 0));
        trained(right, World.weights(right, 4, 0));

        // When
        bench.measured(pair(left, right));

        // Then
        try (var files = Files.list(bench.cacheFolder())) {
            assertThat(files.map(f -> f.getFileName().toString())).noneMatch(name -> name.endsWith(".features"));
        }
    }
}
