package io.thetascope.analyzer.measurement;

import static org.assertj.core.api.Assertions.assertThat;

import io.thetascope.analyzer.Bench;
import io.thetascope.analyzer.Family;
import io.thetascope.analyzer.World;
import io.thetascope.artifacts.ArtifactKeys;
import io.thetascope.contracts.analysis.AnalysisInput;
import io.thetascope.contracts.analysis.AnalysisKind;
import io.thetascope.contracts.analysis.AnalysisRequest;
import io.thetascope.contracts.analysis.ProbeSet;
import io.thetascope.contracts.analysis.RunAnalyses;
import io.thetascope.contracts.identity.Step;
import io.thetascope.contracts.run.RunSpec;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be measured is refused with what is wrong and what to do. */
class RefusalsTest {
    private Bench bench;
    private RunSpec run;

    @BeforeEach
    void prepare(@TempDir Path folder) {
        bench = new Bench(folder);
        run = bench.world.run(1);
    }

    private AnalysisRequest features(ProbeSet probe) {
        AnalysisRequest request = RunAnalyses.features(run, Step.START);
        return new AnalysisRequest(request.kind(), request.version(), request.inputs(), probe);
    }

    @Test
    void fewerThanFourImages() {
        // Given
        bench.world.checkpoint(run, 0, 0);
        ProbeSet three = new ProbeSet(run.dataset().digest(), World.TEST_IMAGES, 3, 0);

        // Then
        assertThat(bench.refused(features(three))).contains("3").contains("raise the limit of the test set");
    }

    @Test
    void deadUnitsAlone() {
        // Given
        Map<String, float[]> weights = World.weights(run, 0, 0);
        Arrays.fill(weights.getOrDefault("fc2.bias", new float[0]), -100);
        bench.world.checkpoint(run, 0, weights);

        // Then
        assertThat(bench.refused(RunAnalyses.features(run, Step.START)))
                .contains("all 84 units")
                .contains("look at");
    }

    @Test
    void imagesThatAreGone() {
        // Given
        bench.world.checkpoint(run, 0, 0);
        bench.world.checkpoint(run, 4, 0);
        String dataset = ArtifactKeys.dataset(run.dataset().digest());
        bench.world.store().delete(dataset);

        // Then
        for (AnalysisRequest request : List.of(RunAnalyses.features(run, Step.START), RunAnalyses.laziness(run))) {
            assertThat(bench.refused(request)).contains(dataset).contains("a study that is posted on this data set");
        }
    }

    @Test
    void aFileThatSaysItIsAnotherRuns() {
        // Given
        RunSpec other = bench.world.run(2);
        bench.world.checkpoint(
                run, 0, World.weights(run, 0, 0), Map.of("run_id", other.id().value(), "step", "0"));

        // Then
        assertThat(bench.refused(RunAnalyses.features(run, Step.START)))
                .contains("checkpoint " + run.id() + "@0: the file says run_id " + other.id())
                .contains("restore the object");
    }

    @Test
    void aFileThatSaysItIsAnotherStep() {
        // Given
        bench.world.checkpoint(run, 0, 0);
        bench.world.checkpoint(
                run, 2, World.weights(run, 2, 0), Map.of("run_id", run.id().value(), "step", "4"));

        // Then
        assertThat(bench.refused(RunAnalyses.movement(run).get(0)))
                .contains("checkpoint " + run.id() + "@2: the file says step 4 where 2 is needed");
    }

    @Test
    void aFileThatDoesNotSayWhoseItIs() {
        // Given
        bench.world.checkpoint(run, 0, World.weights(run, 0, 0), Map.of());

        // Then
        assertThat(bench.refused(RunAnalyses.features(run, Step.START))).contains("the file says run_id nowhere");
    }

    @Test
    void aCheckpointThatIsGone() {
        // Given
        String last = bench.world.trained(run).get(2).checkpoint().artifact().key();
        bench.world.store().delete(last);

        // Then
        for (AnalysisRequest request : List.of(
                RunAnalyses.laziness(run),
                RunAnalyses.order(run),
                RunAnalyses.movement(run).get(1))) {
            assertThat(bench.refused(request)).contains("no object " + last).contains("restore it");
        }
    }

    @Test
    void weightsThatAreNotFinite() {
        // Given
        bench.world.checkpoint(run, 0, 0);
        Map<String, float[]> weights = World.weights(run, 4, 0);
        weights.getOrDefault("conv2.weight", new float[1])[5] = Float.NaN;
        bench.world.checkpoint(run, 4, weights);

        // Then
        assertThat(bench.refused(RunAnalyses.laziness(run))).contains("not finite");
        assertThat(bench.refused(RunAnalyses.features(run, new Step(4)))).contains("not finite");
    }

    @Test
    void aMeasureOnImagesWithoutAProbeSet() {
        // Given
        bench.world.trained(run);

        // Then
        for (AnalysisRequest request : List.of(RunAnalyses.order(run), RunAnalyses.laziness(run))) {
            AnalysisRequest blind = new AnalysisRequest(request.kind(), request.version(), request.inputs(), null);
            assertThat(bench.refused(blind)).contains("probe set").contains("ask again with one");
        }
    }

    @Test
    void aKindThatIsNotKnown() {
        // Given
        AnalysisRequest later = new AnalysisRequest(
                AnalysisKind.UNKNOWN, 1, List.of(new AnalysisInput("at", run.id(), Step.START)), null);

        // Then
        assertThat(bench.refused(later)).contains("deploy a newer one");
    }

    @Test
    void whatIsNotThereYetAndNoFactWouldStartAgain() {
        // Given runs of no study that have not ended
        RunSpec other = bench.world.run(2);
        AnalysisRequest pair = new AnalysisRequest(
                AnalysisKind.PAIR,
                AnalysisKind.PAIR.version(),
                List.of(
                        new AnalysisInput(AnalysisInput.LEFT, run.id(), new Step(4)),
                        new AnalysisInput(AnalysisInput.RIGHT, other.id(), new Step(4))),
                null);

        // Then
        assertThat(bench.refused(pair)).contains("has no result yet").contains("ask again");

        // But what a study wants waits for its facts
        Family.accepted(bench.world, List.of(run, other), List.of(pair));
        int before = bench.facts.endings().size();
        bench.work(pair);
        assertThat(bench.facts.endings()).hasSize(before);
    }
}
