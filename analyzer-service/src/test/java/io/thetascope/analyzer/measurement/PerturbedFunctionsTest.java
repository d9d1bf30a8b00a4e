package io.thetascope.analyzer.measurement;

import static org.assertj.core.api.Assertions.assertThat;

import io.thetascope.analyzer.Bench;
import io.thetascope.analyzer.ResNetWorld;
import io.thetascope.analyzer.World;
import io.thetascope.contracts.analysis.AnalysisInput;
import io.thetascope.contracts.analysis.AnalysisKind;
import io.thetascope.contracts.analysis.AnalysisRequest;
import io.thetascope.contracts.analysis.FunctionChange;
import io.thetascope.contracts.analysis.InputRead;
import io.thetascope.contracts.analysis.NormShift;
import io.thetascope.contracts.analysis.ProbeSet;
import io.thetascope.contracts.analysis.SymmetryResult;
import io.thetascope.contracts.identity.Step;
import io.thetascope.contracts.run.Perturbation;
import io.thetascope.contracts.run.RunSpec;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PerturbedFunctionsTest {
    @TempDir
    private Path folder;

    private Bench bench;

    @BeforeEach
    void prepare() {
        bench = new Bench(folder.resolve("bench"));
    }

    private static AnalysisRequest request(RunSpec parent, RunSpec child) {
        return new AnalysisRequest(
                AnalysisKind.SYMMETRY,
                AnalysisKind.SYMMETRY.version(),
                List.of(
                        new AnalysisInput(
                                AnalysisInput.LEFT,
                                parent.id(),
                                parent.schedule().lastStep()),
                        new AnalysisInput(AnalysisInput.PERTURBED, child.id(), Step.START)),
                ProbeSet.of(parent.dataset().digest(), parent.dataset().test()));
    }

    private static Map<String, float[]> negated(Map<String, float[]> weights) {
        Map<String, float[]> negated = new HashMap<>();
        weights.forEach((name, values) -> {
            float[] copy = values.clone();
            for (int i = 0; i < copy.length; i++) {
                copy[i] = -copy[i];
            }
            negated.put(name, copy);
        });
        return negated;
    }

    @Test
    void lenetFlippedIsMeasuredAndNothingIsPredicted() {
        // Given
        RunSpec parent = bench.world.run(1);
        RunSpec child = bench.world.stored(parent.perturbed(Perturbation.signFlip()));
        Map<String, float[]> trained = World.weights(parent, 4, 0);
        bench.world.checkpoint(parent, 4, trained);
        bench.world.checkpoint(child, 0, negated(trained));

        // When
        SymmetryResult result = bench.result(request(parent, child), SymmetryResult.class);

        // Then
        assertThat(result.prediction()).isEqualTo(SymmetryResult.NONE);
        assertThat(result.reason()).endsWith("a ReLU network without BatchNorm has no sign symmetry");
        assertThat(result.stored().predicted()).isNull();
        assertThat(result.stored().logitChange()).isPositive();
        assertThat(result.images()).isEqualTo(World.TEST_IMAGES);
        assertThat(result.statisticsImages()).isZero();
        assertThat(result.beforeRecomputed()).isNull();
        assertThat(result.recomputed()).isNull();
        assertThat(result.shifts()).isEmpty();
        assertThat(bench.facts.last().read())
                .extracting(InputRead::name)
                .containsExactly(AnalysisInput.LEFT, AnalysisInput.PERTURBED);
    }

    /** Oracle: the network with mirrored biases and means, run from a file of its own; rounding over 20 layers is left. */
    @Test
    void resnet18FlippedDoesWhatItsSymmetriesSay() {
        // Given
        ResNetWorld resnet = new ResNetWorld(bench.world, folder);
        RunSpec parent = resnet.run();
        RunSpec child = bench.world.stored(parent.perturbed(Perturbation.signFlip()));
        resnet.checkpoint(parent, 4, 1);
        resnet.checkpoint(child, 0, -1);

        // When
        SymmetryResult result = bench.result(request(parent, child), SymmetryResult.class);

        // Then
        assertThat(result.prediction()).isEqualTo(SymmetryResult.MIRRORED_BIASES);
        assertThat(result.statisticsImages()).isEqualTo(6);
        for (FunctionChange change : List.of(result.stored(), Objects.requireNonNull(result.recomputed()))) {
            assertThat(change.featureChange()).isGreaterThan(0.01);
            assertThat(Objects.requireNonNull(change.predictionError())).isLessThan(1e-4);
        }
        assertThat(result.shifts()).hasSize(20);
        assertThat(result.shifts().get(0))
                .extracting(NormShift::layer, NormShift::units)
                .containsExactly("bn1", 64);
    }

    @Test
    void aCheckpointWithoutItsStatisticsIsRefused() {
        // Given
        ResNetWorld resnet = new ResNetWorld(bench.world, folder);
        RunSpec parent = resnet.run();
        RunSpec child = bench.world.stored(parent.perturbed(Perturbation.signFlip()));
        resnet.checkpoint(parent, 4, 1);
        resnet.checkpointWithoutStatistics(child, 0);

        // Then
        assertThat(bench.refused(request(parent, child)))
                .contains("tensor bn1.running_mean is missing where F32 [64] is needed");
    }
}
