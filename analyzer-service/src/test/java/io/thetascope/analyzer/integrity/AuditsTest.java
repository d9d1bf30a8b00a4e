package io.thetascope.analyzer.integrity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.thetascope.analyzer.Bench;
import io.thetascope.analyzer.World;
import io.thetascope.artifacts.ArtifactKeys;
import io.thetascope.artifacts.JsonObjects;
import io.thetascope.contracts.analysis.AnalysisInput;
import io.thetascope.contracts.analysis.InputRead;
import io.thetascope.contracts.analysis.IntegrityResult;
import io.thetascope.contracts.analysis.IntegrityResult.CheckpointAudit;
import io.thetascope.contracts.analysis.IntegrityResult.Finding;
import io.thetascope.contracts.analysis.RunAnalyses;
import io.thetascope.contracts.event.CheckpointStored;
import io.thetascope.contracts.identity.Digest;
import io.thetascope.contracts.run.RunOutcome;
import io.thetascope.contracts.run.RunResult;
import io.thetascope.contracts.run.RunSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditsTest {
    private Bench bench;
    private RunSpec run;

    @BeforeEach
    void prepare(@TempDir Path folder) {
        bench = new Bench(folder);
        run = bench.world.run(1);
    }

    private IntegrityResult audited() {
        return bench.result(RunAnalyses.integrity(run), IntegrityResult.class);
    }

    private static List<String> codes(CheckpointAudit audit) {
        return audit.damage().stream().map(Finding::code).toList();
    }

    private static List<List<String>> damage(IntegrityResult result) {
        return result.checkpoints().stream().map(AuditsTest::codes).toList();
    }

    private static String key(CheckpointStored checkpoint) {
        return checkpoint.checkpoint().artifact().key();
    }

    @Test
    void findsNothingWrongWithASoundRun() {
        // Given
        List<CheckpointStored> lineage = bench.world.trained(run);

        // When
        IntegrityResult result = audited();

        // Then
        assertThat(result.sound()).isTrue();
        assertThat(result.planned()).isEqualTo(3);
        assertThat(result.damage()).isEmpty();
        assertThat(damage(result)).containsExactly(List.of(), List.of(), List.of());
        assertThat(bench.facts.last().read())
                .extracting(InputRead::name, InputRead::sha256)
                .containsExactlyElementsOf(lineage.stream()
                        .map(c -> org.assertj.core.groups.Tuple.tuple(
                                AnalysisInput.of(
                                                AnalysisInput.AT,
                                                run.id(),
                                                c.checkpoint().step())
                                        .name(),
                                c.checkpoint().artifact().sha256()))
                        .toList());
        double expected = distance(World.weights(run, 0, 0), World.weights(run, 2, 0)) / 2;
        assertThat(Objects.requireNonNull(result.checkpoints().get(1).distancePerStep()))
                .isCloseTo(expected, within(1e-9 * expected));
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
    void readsTheResultOfTheRunAnew() {
        // Given an analyzer that has seen the result
        bench.world.trained(run);
        assertThat(audited().sound()).isTrue();

        // When the result loses a checkpoint
        JsonObjects objects = new JsonObjects(bench.world.store());
        RunResult whole =
                objects.read(ArtifactKeys.result(run.id()), RunResult.class).orElseThrow();
        objects.write(
                ArtifactKeys.result(run.id()),
                new RunResult(
                        whole.runId(),
                        whole.attempt(),
                        whole.outcome(),
                        whole.reason(),
                        List.of(whole.checkpoints().get(0), whole.checkpoints().get(2)),
                        whole.epochs(),
                        whole.environment()));

        // Then
        assertThat(audited().damage()).extracting(Finding::code).containsExactly(Finding.GAP);
    }

    @Test
    void namesDamageThatCameAfterASoundAudit() throws IOException {
        // Given
        List<CheckpointStored> lineage = bench.world.trained(run);
        assertThat(audited().sound()).isTrue();

        // When one bit turns over, though the analyzer may still have the sound file
        bench.measured(RunAnalyses.features(run, lineage.get(1).checkpoint().step()));
        byte[] bytes = bench.world.store().get(key(lineage.get(1)));
        bytes[bytes.length - 1] ^= 1;
        bench.world.store().put(key(lineage.get(1)), bytes);
        IntegrityResult result = audited();

        // Then
        assertThat(result.sound()).isFalse();
        assertThat(damage(result)).containsExactly(List.of(), List.of(Finding.DAMAGED), List.of());
        assertThat(result.checkpoints().get(1).found()).isEqualTo(Digest.of(bytes));
        assertThat(result.checkpoints().get(1).distancePerStep()).isNull();
        // and the stored result is the new one, and nothing is left on the disk
        assertThat(audited()).isEqualTo(result);
        try (Stream<Path> files = Files.list(bench.cacheFolder())) {
            assertThat(files.map(f -> f.getFileName().toString())).noneMatch(name -> name.startsWith("audited."));
        }
    }

    @Test
    void namesAMissingCheckpoint() {
        // Given
        List<CheckpointStored> lineage = bench.world.trained(run);

        // When
        bench.world.store().delete(key(lineage.get(2)));

        // Then
        IntegrityResult result = audited();
        assertThat(damage(result)).containsExactly(List.of(), List.of(), List.of(Finding.MISSING));
        assertThat(bench.facts.last().read()).hasSize(2);
    }

    @Test
    void namesSwappedCheckpoints() {
        // Given
        List<CheckpointStored> lineage = bench.world.trained(run);
        byte[] middle = bench.world.store().get(key(lineage.get(1)));
        byte[] last = bench.world.store().get(key(lineage.get(2)));

        // When
        bench.world.store().put(key(lineage.get(1)), last);
        bench.world.store().put(key(lineage.get(2)), middle);

        // Then
        List<List<String>> damage = damage(audited());
        assertThat(damage.get(0)).isEmpty();
        assertThat(damage.get(1)).contains(Finding.SWAPPED);
        assertThat(damage.get(2)).contains(Finding.SWAPPED);
    }

    @Test
    void namesBytesThatAreNoCheckpoint() {
        // Given
        List<CheckpointStored> lineage = bench.world.trained(run);

        // When
        bench.world.store().put(key(lineage.get(1)), "no tensors here".getBytes(UTF_8));

        // Then
        CheckpointAudit audit = audited().checkpoints().get(1);
        assertThat(codes(audit)).isNotEmpty();
        assertThat(audit.found()).isNotEqualTo(audit.announced());
    }

    @Test
    void namesAForeignAMisplacedADuplicatedAndANotFiniteCheckpoint() {
        // Given files whose digests are as announced
        RunSpec other = bench.world.run(2);
        Map<String, float[]> weights = World.weights(run, 0, 0);
        CheckpointStored foreign = bench.world.checkpoint(
                run, 0, weights, Map.of("run_id", other.id().value(), "step", "0", "epoch", "0"));
        CheckpointStored misplaced = bench.world.checkpoint(
                run, 2, World.weights(run, 2, 0), Map.of("run_id", run.id().value(), "step", "4", "epoch", "2"));
        Map<String, float[]> broken = World.weights(run, 4, 0);
        broken.getOrDefault("fc1.weight", new float[1])[3] = Float.NaN;
        bench.world.ended(run, RunOutcome.FINISHED, foreign, misplaced, bench.world.checkpoint(run, 4, broken));
        RunSpec duplicated = bench.world.run(3);
        Map<String, float[]> same = World.weights(duplicated, 2, 0);
        bench.world.ended(
                duplicated,
                RunOutcome.FINISHED,
                bench.world.checkpoint(duplicated, 0, 0),
                bench.world.checkpoint(duplicated, 2, same),
                bench.world.checkpoint(duplicated, 4, same));

        // Then
        assertThat(damage(audited()))
                .containsExactly(List.of(Finding.FOREIGN), List.of(Finding.MISPLACED), List.of(Finding.NOT_FINITE));
        assertThat(damage(bench.result(RunAnalyses.integrity(duplicated), IntegrityResult.class)))
                .anySatisfy(codes -> assertThat(codes).contains(Finding.DUPLICATE));
    }

    @Test
    void auditsADivergedRunUpToWhereItEnded() {
        // Given
        bench.world.ended(
                run, RunOutcome.DIVERGED, bench.world.checkpoint(run, 0, 0), bench.world.checkpoint(run, 2, 0));

        // Then
        IntegrityResult result = audited();
        assertThat(result.sound()).isTrue();
        assertThat(result.planned()).isEqualTo(2);
    }

    @Test
    void namesAGapInTheResult() {
        // Given
        bench.world.ended(
                run, RunOutcome.FINISHED, bench.world.checkpoint(run, 0, 0), bench.world.checkpoint(run, 4, 0));

        // Then
        IntegrityResult result = audited();
        assertThat(result.sound()).isFalse();
        assertThat(result.damage()).extracting(Finding::code).containsExactly(Finding.GAP);
    }
}
