package io.thetascope.analyzer.measurement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.thetascope.analyzer.Bench;
import io.thetascope.analyzer.World;
import io.thetascope.artifacts.ArtifactKeys;
import io.thetascope.artifacts.safetensors.DType;
import io.thetascope.artifacts.safetensors.SafetensorsFile;
import io.thetascope.contracts.analysis.AnalysisInput;
import io.thetascope.contracts.analysis.AnalysisKind;
import io.thetascope.contracts.analysis.AnalysisRequest;
import io.thetascope.contracts.analysis.InputRead;
import io.thetascope.contracts.analysis.OrderAgreementResult;
import io.thetascope.contracts.analysis.OrderResult;
import io.thetascope.contracts.analysis.ProbeSet;
import io.thetascope.contracts.analysis.RunAnalyses;
import io.thetascope.contracts.event.AnalysisCompleted;
import io.thetascope.contracts.event.CheckpointStored;
import io.thetascope.contracts.identity.Digest;
import io.thetascope.contracts.identity.Step;
import io.thetascope.contracts.json.Json;
import io.thetascope.contracts.run.ArtifactRef;
import io.thetascope.contracts.run.RunOutcome;
import io.thetascope.contracts.run.RunSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrderTest {
    @TempDir
    private Path folder;

    private Bench bench;
    private RunSpec run;

    @BeforeEach
    void prepare() {
        bench = new Bench(folder.resolve("bench"));
        run = bench.world.run(1);
    }

    private static AnalysisRequest agreement(RunSpec left, RunSpec right) {
        List<AnalysisInput> inputs = new ArrayList<>();
        left.schedule().checkpointSteps().forEach(s -> inputs.add(AnalysisInput.of("left", left.id(), s)));
        right.schedule().checkpointSteps().forEach(s -> inputs.add(AnalysisInput.of("right", right.id(), s)));
        ProbeSet probe = ProbeSet.of(left.dataset().digest(), left.dataset().test());
        return new AnalysisRequest(AnalysisKind.ORDER_AGREEMENT, AnalysisKind.ORDER_AGREEMENT.version(), inputs, probe);
    }

    private static String numbers(AnalysisCompleted ending) {
        return Json.canonical(Objects.requireNonNull(ending.result()));
    }

    @Test
    void measuresEveryBlockAtEveryCheckpointAndKeepsTimeByTime() {
        // Given
        List<CheckpointStored> lineage = bench.world.trained(run);

        // When
        AnalysisCompleted ending = bench.measured(RunAnalyses.order(run));

        // Then
        OrderResult order = Json.read(Objects.requireNonNull(ending.result()), OrderResult.class);
        assertThat(order.steps()).containsExactly(Step.START, new Step(2), new Step(4));
        assertThat(order.blocks()).extracting(OrderResult.BlockOrder::block).isEqualTo(World.LENET.blocks());
        assertThat(order.blocks())
                .allSatisfy(b -> assertThat(b.ckaToEnd().get(2)).isCloseTo(1, within(1e-9)));
        assertThat(ending.read()).extracting(InputRead::sha256).containsExactlyElementsOf(digests(lineage));
        ArtifactRef tensors = Objects.requireNonNull(ending.artifact());
        Path file = bench.world.store().download(tensors.key(), tensors.sha256(), folder);
        try (SafetensorsFile kept = SafetensorsFile.open(file)) {
            assertThat(kept.header().tensors()).allSatisfy(t -> {
                assertThat(t.dtype()).isEqualTo(DType.F64);
                assertThat(t.shape()).containsExactly(3L, 3L);
            });
            assertThat(kept.header().byName()).containsOnlyKeys(World.LENET.blocks());
            assertThat(kept.header().metadata())
                    .containsEntry("run_id", run.id().value());
        }
    }

    private static List<Digest> digests(List<CheckpointStored> lineage) {
        return lineage.stream().map(c -> c.checkpoint().artifact().sha256()).toList();
    }

    @Test
    void theNumbersAreTheSameFromStoredFeaturesAndFromCheckpoints() {
        // Given
        bench.world.trained(run);
        AnalysisCompleted fromCheckpoints = bench.measured(RunAnalyses.order(run));
        bench.world.store().delete(ArtifactKeys.analysis(fromCheckpoints.analysisId()));

        // When
        RunAnalyses.features(run).forEach(bench::measured);
        AnalysisCompleted fromFeatures = bench.measured(RunAnalyses.order(run));

        // Then the tensors too
        assertThat(numbers(fromFeatures)).isEqualTo(numbers(fromCheckpoints));
        assertThat(fromFeatures.artifact()).isEqualTo(fromCheckpoints.artifact());
        assertThat(fromFeatures.read()).isEqualTo(fromCheckpoints.read());
    }

    @Test
    void agreementIsTheSameFromMeasuredOrdersAndFromCheckpoints() {
        // Given
        RunSpec other = bench.world.run(2);
        bench.world.trained(run);
        List<CheckpointStored> right = bench.world.trained(other);
        AnalysisRequest request = agreement(run, other);
        AnalysisCompleted fromCheckpoints = bench.measured(request);
        bench.world.store().delete(ArtifactKeys.analysis(request.id()));

        // When
        bench.measured(RunAnalyses.order(run));
        bench.measured(RunAnalyses.order(other));
        AnalysisCompleted fromOrders = bench.measured(request);

        // Then
        assertThat(numbers(fromOrders)).isEqualTo(numbers(fromCheckpoints));
        assertThat(fromOrders.read()).isEqualTo(fromCheckpoints.read());
        assertThat(fromOrders.read())
                .extracting(InputRead::name)
                .containsExactly("left-0", "left-2", "left-4", "right-0", "right-2", "right-4");
        assertThat(fromOrders.read().subList(3, 6))
                .extracting(InputRead::sha256)
                .isEqualTo(digests(right));
    }

    @Test
    void aRunAgreesWithItsEqual() {
        // Given another run that went the same way
        RunSpec other = bench.world.run(2);
        bench.world.trained(run);
        CheckpointStored[] lineage = run.schedule().checkpointSteps().stream()
                .map(s -> bench.world.checkpoint(other, s.value(), World.weights(run, s.value(), 0)))
                .toArray(CheckpointStored[]::new);
        bench.world.ended(other, RunOutcome.FINISHED, lineage);

        // When
        OrderAgreementResult result = bench.result(agreement(run, other), OrderAgreementResult.class);

        // Then nothing speaks against it
        assertThat(result.classes().tau())
                .satisfiesAnyOf(t -> assertThat(t).isNull(), t -> assertThat(t).isCloseTo(1, within(1e-12)));
        assertThat(result.tooCoarse()).contains("checkpoint");
    }

    @Test
    void refusesARunThatDivergedBeforeItsEnd() {
        // Given
        bench.world.ended(
                run, RunOutcome.DIVERGED, bench.world.checkpoint(run, 0, 0), bench.world.checkpoint(run, 2, 0));

        // Then
        assertThat(bench.refused(RunAnalyses.order(run)))
                .contains(run.id() + " diverged")
                .contains("no checkpoint at step 4")
                .contains("smaller learning rate");
    }

    @Test
    void refusesAnOrderOfSomeCheckpointsAlone() {
        // Given
        bench.world.trained(run);
        AnalysisRequest whole = RunAnalyses.order(run);
        AnalysisRequest some = new AnalysisRequest(
                whole.kind(), whole.version(), whole.inputs().subList(0, 2), whole.probe());

        // Then
        assertThat(bench.refused(some)).contains("[0, 2, 4]").contains("[0, 2]").contains("ask for all of them");
    }
}
