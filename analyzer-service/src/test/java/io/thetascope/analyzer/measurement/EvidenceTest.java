package io.thetascope.analyzer.measurement;

import static org.assertj.core.api.Assertions.assertThat;

import io.thetascope.analyzer.Bench;
import io.thetascope.analyzer.World;
import io.thetascope.contracts.analysis.AnalysisKind;
import io.thetascope.contracts.analysis.AnalysisOutcome;
import io.thetascope.contracts.analysis.AnalysisRequest;
import io.thetascope.contracts.analysis.Attribution;
import io.thetascope.contracts.analysis.InputRead;
import io.thetascope.contracts.analysis.MovementResult;
import io.thetascope.contracts.analysis.RunAnalyses;
import io.thetascope.contracts.event.AnalysisCompleted;
import io.thetascope.contracts.event.AnalysisJob;
import io.thetascope.contracts.event.CheckpointStored;
import io.thetascope.contracts.json.Json;
import io.thetascope.contracts.run.ArtifactRef;
import io.thetascope.contracts.run.RunOutcome;
import io.thetascope.contracts.run.RunSpec;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Movements of a run that keeps evidence: fc1.bias stays as it was, all else moves. */
class EvidenceTest {
    private static final long STILL = 120;

    private Bench bench;
    private RunSpec run;
    private AnalysisRequest movement;
    private CheckpointStored start;
    private CheckpointStored end;

    @BeforeEach
    void prepare(@TempDir Path folder) {
        bench = new Bench(folder);
        run = bench.world.run(1, true);
        movement = RunAnalyses.of(run).stream()
                .filter(request -> request.kind() == AnalysisKind.MOVEMENT)
                .findFirst()
                .orElseThrow();
        start = bench.world.checkpoint(run, 0, 0);
        Map<String, float[]> moved = World.weights(run, 2, 0);
        moved.put("fc1.bias", Objects.requireNonNull(World.weights(run, 0, 0).get("fc1.bias")));
        end = bench.world.checkpoint(run, 2, moved);
    }

    private static ArtifactRef evidence(CheckpointStored stored) {
        return Objects.requireNonNull(stored.checkpoint().evidence());
    }

    private static Attribution attribution(AnalysisCompleted ending) {
        assertThat(ending.reason()).isNull();
        MovementResult result = Json.read(Objects.requireNonNull(ending.result()), MovementResult.class);
        return Objects.requireNonNull(result.attribution());
    }

    @Test
    void saysWhyParametersDidNotChangeAndWhatItRead() {
        // Given
        CheckpointStored kept = bench.world.evidence(end);

        // When
        bench.work(movement);

        // Then every bit is set: what is equal now has returned
        AnalysisCompleted measured = bench.facts.last();
        assertThat(attribution(measured)).isEqualTo(new Attribution(true, STILL, 0, 0, 0, STILL, 0, 0, 0));
        assertThat(measured.read()).hasSize(4).last().satisfies(read -> {
            assertThat(read.name()).isEqualTo(InputRead.EVIDENCE);
            assertThat(read.sha256()).isEqualTo(evidence(kept).sha256());
            assertThat(read.step()).isEqualTo(end.checkpoint().step());
        });
    }

    @Test
    void waitsForEvidenceThatIsNotThereUntilTheResultDecides() {
        // When
        bench.work(movement);

        // Then
        assertThat(bench.facts.endings()).isEmpty();

        // When the result is there and names none
        bench.fact(bench.world.ended(run, RunOutcome.DIVERGED, start, end));
        bench.drain();

        // Then what did not change is not explained
        AnalysisCompleted measured = ending();
        assertThat(attribution(measured)).isEqualTo(new Attribution(false, STILL, 0, 0, 0, 0, STILL, 0, 0));
        assertThat(measured.read()).hasSize(3);
    }

    private AnalysisCompleted ending() {
        return bench.facts.endings().stream()
                .filter(e -> e.analysisId().equals(movement.id()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void refusesByNameWhenTheEvidenceThatTheResultNamesIsMissing() {
        // Given
        CheckpointStored kept = bench.world.evidence(end);
        bench.world.ended(run, RunOutcome.DIVERGED, start, kept);
        bench.world.store().delete(evidence(kept).key());

        // When
        bench.work(movement);

        // Then
        assertThat(bench.facts.last().outcome()).isEqualTo(AnalysisOutcome.REFUSED);
        assertThat(bench.facts.last().reason()).contains(evidence(kept).key()).contains("restore it");
    }

    @Test
    void refusesDamagedEvidenceByName() {
        // Given one bit turned over
        String key = evidence(bench.world.evidence(end)).key();
        byte[] bytes = bench.world.store().get(key);
        bytes[bytes.length - 1] ^= 1;
        bench.world.store().put(key, bytes);

        // When
        bench.work(movement);

        // Then
        assertThat(bench.facts.last().outcome()).isEqualTo(AnalysisOutcome.REFUSED);
        assertThat(bench.facts.last().reason()).contains(key).contains("restore the object");
        assertThat(bench.facts.last().result()).isNull();
    }

    @Test
    void refusesEvidenceOfAnotherCheckpoint() {
        // Given no bit set, though nearly everything moved
        bench.world.evidence(end, 0);

        // When
        bench.work(movement);

        // Then
        assertThat(bench.facts.last().outcome()).isEqualTo(AnalysisOutcome.REFUSED);
        assertThat(bench.facts.last().reason())
                .contains("conv1.weight: 150 values differ")
                .contains("is it the evidence of this checkpoint?");
    }

    @Test
    void takesTheEvidenceThatTheResultNamesWhereTwoAreStored() {
        // Given two environments that computed different bits
        CheckpointStored counts = bench.world.evidence(end);
        bench.world.evidence(end, 0x7F);

        // When nothing says which counts
        bench.work(movement);

        // Then
        assertThat(bench.facts.endings()).isEmpty();

        // When
        bench.world.ended(run, RunOutcome.DIVERGED, start, counts);
        bench.work(new AnalysisJob(movement.id(), movement));

        // Then
        assertThat(attribution(bench.facts.last()).returned()).isEqualTo(STILL);
        assertThat(bench.facts.last().read())
                .extracting(InputRead::sha256)
                .contains(evidence(counts).sha256());
    }
}
