package io.thetascope.analyzer.measurement;

import static org.assertj.core.api.Assertions.assertThat;

import io.thetascope.analyzer.Bench;
import io.thetascope.analyzer.World;
import io.thetascope.artifacts.safetensors.SafetensorsFile;
import io.thetascope.contracts.analysis.AlignmentResult;
import io.thetascope.contracts.analysis.AnalysisInput;
import io.thetascope.contracts.analysis.AnalysisKind;
import io.thetascope.contracts.analysis.AnalysisRequest;
import io.thetascope.contracts.event.AnalysisCompleted;
import io.thetascope.contracts.identity.Step;
import io.thetascope.contracts.json.Json;
import io.thetascope.contracts.run.ArtifactRef;
import io.thetascope.contracts.run.RunOutcome;
import io.thetascope.contracts.run.RunSpec;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlignmentsTest {
    private static final int FIRST = 2;
    private static final int SECOND = 5;

    @TempDir
    private Path folder;

    private static AnalysisRequest request(RunSpec left, RunSpec right) {
        Step last = new Step(4);
        return new AnalysisRequest(
                AnalysisKind.ALIGNMENT,
                AnalysisKind.ALIGNMENT.version(),
                List.of(
                        new AnalysisInput(AnalysisInput.LEFT, left.id(), last),
                        new AnalysisInput(AnalysisInput.RIGHT, right.id(), last)),
                null);
    }

    private static void trained(Bench bench, RunSpec run, Map<String, float[]> end) {
        bench.world.ended(
                run,
                RunOutcome.FINISHED,
                bench.world.checkpoint(run, 0, 0),
                bench.world.checkpoint(run, 2, 0),
                bench.world.checkpoint(run, 4, end));
    }

    /** Swaps two units of the last hidden layer: rows of fc2, columns of fc3. */
    private static Map<String, float[]> swapped(Map<String, float[]> weights) {
        Map<String, float[]> swapped = new HashMap<>();
        weights.forEach((name, values) -> swapped.put(name, values.clone()));
        for (int i = 0; i < 120; i++) {
            swap(swapped.getOrDefault("fc2.weight", new float[0]), FIRST * 120 + i, SECOND * 120 + i);
        }
        swap(swapped.getOrDefault("fc2.bias", new float[0]), FIRST, SECOND);
        for (int c = 0; c < 10; c++) {
            swap(swapped.getOrDefault("fc3.weight", new float[0]), c * 84 + FIRST, c * 84 + SECOND);
        }
        return swapped;
    }

    private static void swap(float[] values, int one, int other) {
        float kept = values[one];
        values[one] = values[other];
        values[other] = kept;
    }

    @Test
    void findsUnitsThatChangedPlacesAndKeepsWhere() {
        // Given
        Bench bench = new Bench(folder.resolve("bench"));
        RunSpec left = bench.world.run(1);
        RunSpec right = bench.world.run(2);
        Map<String, float[]> weights = World.weights(left, 4, 0);
        trained(bench, left, weights);
        trained(bench, right, swapped(weights));

        // When
        AnalysisCompleted ending = bench.measured(request(left, right));

        // Then
        AlignmentResult result = Json.read(Objects.requireNonNull(ending.result()), AlignmentResult.class);
        assertThat(result.stages().get(0).distance()).isPositive();
        assertThat(result.stages().get(3).distance()).isZero();
        assertThat(result.groups()).anySatisfy(g -> {
            assertThat(g.units()).isEqualTo(84);
            assertThat(g.moved()).isEqualTo(2);
        });
        ArtifactRef tensors = Objects.requireNonNull(ending.artifact());
        Path file = bench.world.store().download(tensors.key(), tensors.sha256(), folder);
        try (SafetensorsFile kept = SafetensorsFile.open(file)) {
            String group = result.groups().stream()
                    .filter(g -> g.units() == 84)
                    .findFirst()
                    .orElseThrow()
                    .name();
            long[] permutation = new long[84];
            kept.readLongs(kept.tensor(group), 0, permutation, 0, 84);
            assertThat(permutation[FIRST]).isEqualTo(SECOND);
            assertThat(permutation[SECOND]).isEqualTo(FIRST);
            assertThat(permutation[0]).isZero();
            assertThat(kept.header().metadata())
                    .containsEntry("left_run_id", left.id().value())
                    .containsEntry("right_run_id", right.id().value());
        }
    }

    @Test
    void refusesWhatItsHeapCannotHoldAndSaysWhichCan() {
        // Given an analyzer of 8 MiB
        Bench bench = new Bench(folder.resolve("bench"), 8 << 20);
        RunSpec left = bench.world.run(1);
        RunSpec right = bench.world.run(2);
        bench.world.trained(left);
        bench.world.trained(right);

        // Then
        assertThat(bench.refused(request(left, right)))
                .contains("this analyzer has 8")
                .containsPattern("start it with -Xmx\\d+m and ask again");
    }
}
