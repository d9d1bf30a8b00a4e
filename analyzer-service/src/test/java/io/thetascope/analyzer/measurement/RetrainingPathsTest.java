package io.thetascope.analyzer.measurement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.thetascope.analyzer.Bench;
import io.thetascope.analyzer.Family;
import io.thetascope.analyzer.World;
import io.thetascope.contracts.analysis.AnalysisInput;
import io.thetascope.contracts.analysis.AnalysisRequest;
import io.thetascope.contracts.analysis.PathPoint;
import io.thetascope.contracts.analysis.RetrainingPathResult;
import io.thetascope.contracts.event.AnalysisCompleted;
import io.thetascope.contracts.event.CheckpointStored;
import io.thetascope.contracts.identity.Step;
import io.thetascope.contracts.json.Json;
import io.thetascope.contracts.run.RunOutcome;
import io.thetascope.contracts.run.RunSpec;
import io.thetascope.networks.Parameter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models whose every value is one number, so that every distance is a closed form in units of √n. */
class RetrainingPathsTest {
    private static final double ROOT = Math.sqrt(61_706);

    private Bench bench;
    private Family family;

    @BeforeEach
    void prepare(@TempDir Path folder) {
        bench = new Bench(folder);
        family = Family.of(bench.world, 1);
    }

    private static Map<String, float[]> constant(float value) {
        return World.LENET.parameters().stream().collect(Collectors.toMap(Parameter::name, p -> {
            float[] values = new float[Math.toIntExact(p.size())];
            Arrays.fill(values, value);
            return values;
        }));
    }

    /** Stores a run that has these values at steps 0, 2 and 4. */
    private List<CheckpointStored> trained(RunSpec run, float... values) {
        CheckpointStored[] lineage = new CheckpointStored[values.length];
        for (int i = 0; i < values.length; i++) {
            lineage[i] = bench.world.checkpoint(run, 2L * i, constant(values[i]));
        }
        bench.world.ended(run, RunOutcome.FINISHED, lineage);
        return List.of(lineage);
    }

    private static AnalysisRequest with(AnalysisRequest request, List<AnalysisInput> inputs) {
        return new AnalysisRequest(request.kind(), request.version(), inputs, null);
    }

    @Test
    void followsAFlippedModelFromWhereItWasPut() {
        // Given θ1 = 2, θp = −2
        List<CheckpointStored> parent = trained(family.parent(), 0, 1, 2);
        List<CheckpointStored> child = trained(family.child(), -2, -1.5f, -1);

        // When
        AnalysisCompleted ending = bench.measured(family.path(family.child()));

        // Then
        RetrainingPathResult path = Json.read(Objects.requireNonNull(ending.result()), RetrainingPathResult.class);
        assertThat(path.parentNorm()).isCloseTo(2 * ROOT, within(1e-9));
        assertThat(path.displaced()).isCloseTo(4 * ROOT, within(1e-9));
        assertThat(path.points()).extracting(p -> p.step().value()).containsExactly(0L, 2L, 4L);
        assertPoint(path.points().get(0), 2, 4, 0);
        assertPoint(path.points().get(1), 1.5, 3.5, 0.5);
        assertPoint(path.points().get(2), 1, 3, 1);
        assertThat(path.points()).allSatisfy(p -> assertThat(p.cosineToParent()).isCloseTo(-1, within(1e-12)));

        // And it says what it read, though it did not keep it open
        assertThat(ending.read())
                .extracting(r -> r.name() + " " + r.sha256())
                .containsExactlyElementsOf(Stream.of(
                                new Read("left", parent.get(2)),
                                new Read("at-0", child.get(0)),
                                new Read("at-2", child.get(1)),
                                new Read("at-4", child.get(2)))
                        .map(r ->
                                r.name + " " + r.stored.checkpoint().artifact().sha256())
                        .toList());
    }

    private record Read(String name, CheckpointStored stored) {}

    private static void assertPoint(PathPoint point, double norm, double toParent, double toStart) {
        assertThat(point.norm()).isCloseTo(norm * ROOT, within(1e-9));
        assertThat(point.distanceToParent()).isCloseTo(toParent * ROOT, within(1e-9));
        assertThat(point.distanceToStart()).isCloseTo(toStart * ROOT, within(1e-9));
        assertThat(point.distanceToParentModuloSign()).isNull();
    }

    @Test
    void aTwinWasDisplacedByNothing() {
        // Given
        trained(family.parent(), 0, 1, 2);
        trained(family.same(), 2, 2.5f, 3);

        // When
        RetrainingPathResult path = bench.result(family.path(family.same()), RetrainingPathResult.class);

        // Then
        assertThat(path.displaced()).isZero();
        assertPoint(path.points().get(2), 3, 1, 1);
    }

    @Test
    void refusesByNameWhenTheEndOfTheParentIsDamaged() {
        // Given one bit turned over
        String key =
                trained(family.parent(), 0, 1, 2).get(2).checkpoint().artifact().key();
        trained(family.child(), -2, -1.5f, -1);
        byte[] bytes = bench.world.store().get(key);
        bytes[bytes.length - 1] ^= 1;
        bench.world.store().put(key, bytes);

        // Then
        assertThat(bench.refused(family.path(family.child()))).contains(key).contains("restore the object");
    }

    @Test
    void refusesThePathFromARunThatIsNotTheParent() {
        // Given
        RunSpec stranger = bench.world.run(9);
        trained(stranger, 0, 1, 2);
        trained(family.child(), -2, -1.5f, -1);
        AnalysisRequest path = family.path(family.child());
        List<AnalysisInput> inputs = new ArrayList<>(path.inputs());
        inputs.set(0, new AnalysisInput(AnalysisInput.LEFT, stranger.id(), new Step(4)));

        // Then
        assertThat(bench.refused(with(path, inputs)))
                .contains("run " + family.child().id() + " was not trained from the end of run " + stranger.id());
    }

    @Test
    void refusesThePathFromTheMiddleOfTheParent() {
        // Given
        trained(family.parent(), 0, 1, 2);
        trained(family.child(), -2, -1.5f, -1);
        AnalysisRequest path = family.path(family.child());
        List<AnalysisInput> inputs = new ArrayList<>(path.inputs());
        inputs.set(0, new AnalysisInput(AnalysisInput.LEFT, family.parent().id(), new Step(2)));

        // Then
        assertThat(bench.refused(with(path, inputs))).contains("is step 4, asked for is 2; ask for that");
    }

    @Test
    void refusesAPathWithAGapOrWithoutAPoint() {
        // Given
        trained(family.parent(), 0, 1, 2);
        trained(family.child(), -2, -1.5f, -1);
        AnalysisRequest path = family.path(family.child());

        // Then
        List<AnalysisInput> gap = new ArrayList<>(path.inputs());
        gap.remove(2);
        assertThat(bench.refused(with(path, gap)))
                .contains("keeps those at steps [0, 2, 4], asked for are [0, 4]; ask for all of them");
        assertThat(bench.refused(with(path, path.inputs().subList(0, 1)))).contains("ask again with one named at-STEP");
    }
}
