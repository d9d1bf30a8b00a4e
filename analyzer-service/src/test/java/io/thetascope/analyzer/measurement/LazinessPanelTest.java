package io.thetascope.analyzer.measurement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.thetascope.analyzer.Bench;
import io.thetascope.analyzer.World;
import io.thetascope.contracts.analysis.LazinessResult;
import io.thetascope.contracts.analysis.RunAnalyses;
import io.thetascope.contracts.run.RunSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LazinessPanelTest {
    private Bench bench;
    private RunSpec run;
    private Map<String, float[]> start;

    @BeforeEach
    void prepare(@TempDir Path folder) {
        bench = new Bench(folder);
        run = bench.world.run(1);
        start = World.weights(run, 0, 0);
        bench.world.checkpoint(run, 0, start);
    }

    private LazinessResult measured(Map<String, float[]> end) {
        bench.world.checkpoint(run, 4, end);
        return bench.result(RunAnalyses.laziness(run), LazinessResult.class);
    }

    @Test
    void aNetworkOfWhichTheHeadAloneMovedIsLinearInWhatMoved() {
        // Given another head: the logits are linear in it, whatever its size
        Map<String, float[]> end = new HashMap<>(start);
        World.weights(run, 4, 0).forEach((name, values) -> {
            if (name.startsWith("fc3.")) {
                end.put(name, values);
            }
        });

        // When
        LazinessResult laziness = measured(end);

        // Then up to float32's rounding, divided by 2h
        assertThat(Objects.requireNonNull(laziness.residual())).isCloseTo(0, within(1e-3));
        assertThat(laziness.switchedGates()).isZero();
        assertThat(laziness.images()).isEqualTo(World.TEST_IMAGES);
    }

    @Test
    void countsTheGatesThatSwitched() {
        // Given an end where the second hidden layer of units is turned over
        Map<String, float[]> end = new HashMap<>(start);
        for (String name : new String[] {"fc2.weight", "fc2.bias"}) {
            float[] turned = start.getOrDefault(name, new float[0]).clone();
            for (int i = 0; i < turned.length; i++) {
                turned[i] = -turned[i];
            }
            end.put(name, turned);
        }

        // When
        LazinessResult laziness = measured(end);

        // Then every gate of that layer switched, for every image, and no other
        assertThat(laziness.gates()).hasSize(4);
        assertThat(laziness.gates().subList(0, 3))
                .allSatisfy(g -> assertThat(g.switched()).isZero());
        assertThat(laziness.gates().get(3).switched()).isEqualTo(1);
        double gates = 6.0 * 28 * 28 + 16 * 10 * 10 + 120 + 84;
        assertThat(laziness.switchedGates()).isCloseTo(84 / gates, within(1e-12));
        assertThat(Objects.requireNonNull(laziness.residual())).isGreaterThan(0.1);
        assertThat(Objects.requireNonNull(laziness.relativeLive())).isCloseTo(relative(end), within(1e-9));
    }

    private double relative(Map<String, float[]> end) {
        double moved = 0;
        double norm = 0;
        for (Map.Entry<String, float[]> tensor : start.entrySet()) {
            float[] to = end.getOrDefault(tensor.getKey(), new float[0]);
            for (int i = 0; i < to.length; i++) {
                moved += Math.pow((double) to[i] - tensor.getValue()[i], 2);
                norm += Math.pow(tensor.getValue()[i], 2);
            }
        }
        return Math.sqrt(moved / norm);
    }

    @Test
    void removesTheCheckpointsBetweenStartAndEnd() throws IOException {
        // When
        measured(World.weights(run, 4, 0));

        // Then
        try (Stream<Path> files = Files.list(bench.cacheFolder())) {
            assertThat(files.map(f -> f.getFileName().toString())).noneMatch(name -> name.startsWith("line."));
        }
    }
}
