package io.thetascope.analyzer.planning;

import static org.assertj.core.api.Assertions.assertThat;

import io.thetascope.analyzer.Bench;
import io.thetascope.analyzer.Family;
import io.thetascope.contracts.analysis.AnalysisKind;
import io.thetascope.contracts.analysis.AnalysisOutcome;
import io.thetascope.contracts.analysis.AnalysisRequest;
import io.thetascope.contracts.analysis.RunAnalyses;
import io.thetascope.contracts.event.AnalysisJob;
import io.thetascope.contracts.event.CheckpointStored;
import io.thetascope.contracts.event.StudyAccepted;
import io.thetascope.contracts.identity.AnalysisId;
import io.thetascope.contracts.identity.Attempt;
import io.thetascope.contracts.json.Json;
import io.thetascope.contracts.run.RunOutcome;
import io.thetascope.contracts.run.RunSpec;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnalysisPlannerTest {
    private Bench bench;

    @BeforeEach
    void prepare(@TempDir Path folder) {
        bench = new Bench(folder);
    }

    private static Set<AnalysisId> ids(Collection<AnalysisRequest> requests) {
        return requests.stream().map(AnalysisRequest::id).collect(Collectors.toSet());
    }

    private List<AnalysisRequest> queued() {
        return bench.facts.takeJobs().stream().map(AnalysisJob::request).toList();
    }

    private List<String> written() {
        return bench.facts.endings().stream().map(Json::canonical).toList();
    }

    private CheckpointStored[] trained(RunSpec spec) {
        return new CheckpointStored[] {
            bench.world.checkpoint(spec, 0, 0), bench.world.checkpoint(spec, 2, 0), bench.world.checkpoint(spec, 4, 0)
        };
    }

    @Test
    void queuesAnAnalysisOnceAllItReadsIsThere() {
        // Given
        RunSpec run = bench.world.run(1);

        // When the start comes, then step 2
        bench.fact(bench.world.checkpoint(run, 0, 0));
        List<AnalysisRequest> first = queued();
        bench.fact(bench.world.checkpoint(run, 2, 0));
        List<AnalysisRequest> second = queued();

        // Then
        assertThat(first).extracting(AnalysisRequest::kind).containsExactly(AnalysisKind.FEATURES);
        assertThat(second)
                .extracting(AnalysisRequest::kind)
                .containsExactly(AnalysisKind.MOVEMENT, AnalysisKind.FEATURES);
    }

    @Test
    void waitsForTheResultWhereTwoEnvironmentsWroteAStep() {
        // Given
        RunSpec run = bench.world.run(1);
        CheckpointStored start = bench.world.checkpoint(run, 0, 0);
        CheckpointStored one = bench.world.checkpoint(run, 2, 1);
        CheckpointStored two = bench.world.checkpoint(run, 2, 2);

        // When
        bench.fact(one);
        bench.fact(two);

        // Then nothing, until the result says which counts
        assertThat(queued()).isEmpty();
        bench.fact(bench.world.ended(run, RunOutcome.FINISHED, start, two, bench.world.checkpoint(run, 4, 0)));
        bench.drain();
        assertThat(bench.facts.endings())
                .filteredOn(e -> e.request().kind() == AnalysisKind.MOVEMENT)
                .allSatisfy(e -> assertThat(e.read())
                        .filteredOn(r -> r.step().value() == 2)
                        .extracting(r -> r.sha256())
                        .containsOnly(two.checkpoint().artifact().sha256()));
        assertThat(bench.facts.ids(AnalysisOutcome.MEASURED)).isEqualTo(ids(RunAnalyses.of(run)));
    }

    @Test
    void refusesWhatADivergedRunNeverReached() {
        // Given
        Family family = Family.of(bench.world, 1);
        StudyAccepted study = family.accepted(bench.world);
        bench.fact(study);
        RunSpec parent = family.parent();
        CheckpointStored start = bench.world.checkpoint(parent, 0, 0);
        CheckpointStored middle = bench.world.checkpoint(parent, 2, 0);

        // When
        bench.fact(bench.world.ended(parent, RunOutcome.DIVERGED, start, middle));
        bench.drain();

        // Then features at 0 and 2, the movement between and the audit are measured; four of its own, three
        // comparisons and three paths refused
        assertThat(bench.facts.ids(AnalysisOutcome.MEASURED)).hasSize(4);
        assertThat(bench.facts.ids(AnalysisOutcome.REFUSED)).hasSize(10);
        assertThat(bench.facts.endings())
                .filteredOn(e -> e.outcome() == AnalysisOutcome.REFUSED)
                .allSatisfy(e -> {
                    assertThat(e.reason())
                            .contains(parent.id() + " diverged (loss was not finite at step 3)")
                            .contains("step 4");
                    assertThat(e.attempt()).isEqualTo(Attempt.START);
                });
    }

    @Test
    void refusesWhatWaitsForARunThatFailedUntilItFinishesAfterAll() {
        // Given
        Family family = Family.of(bench.world, 1);
        bench.fact(family.accepted(bench.world));
        RunSpec child = family.child();

        // When
        bench.fact(bench.world.checkpoint(child, 0, 0));
        bench.fact(bench.world.stopped(child, RunOutcome.SKIPPED, "its parent failed"));
        bench.drain();

        // Then the start was measured, all else is refused
        assertThat(bench.facts.ids(AnalysisOutcome.MEASURED)).hasSize(1);
        assertThat(bench.facts.ids(AnalysisOutcome.REFUSED)).hasSize(6 + 2 + 1);
        assertThat(bench.facts.endings())
                .filteredOn(e -> e.outcome() == AnalysisOutcome.REFUSED)
                .allSatisfy(e -> assertThat(e.reason()).contains("was skipped: its parent failed"));

        // When it is trained after all
        bench.fact(bench.world.ended(child, RunOutcome.FINISHED, trained(child)));
        bench.drain();

        // Then
        assertThat(bench.facts.ids(AnalysisOutcome.MEASURED)).containsAll(ids(RunAnalyses.of(child)));
    }

    @Test
    void refusesNothingOfACancelledRunThatAStudyWantsAgain() {
        // Given
        Family family = Family.of(bench.world, 1);
        bench.fact(family.accepted(bench.world));

        // When the end of the run that was cancelled comes after the study was reopened
        bench.fact(bench.world.stopped(family.parent(), RunOutcome.CANCELLED, "no study wanted it"));
        bench.drain();

        // Then
        assertThat(bench.facts.endings()).isEmpty();
    }

    @Test
    void takesAnEndThatWasOvertakenByAResultForWhatItIs() {
        // Given a run that failed once and finished since
        RunSpec run = bench.world.run(1);
        bench.world.ended(run, RunOutcome.FINISHED, trained(run));

        // When the old fact is read only now
        bench.fact(bench.world.stopped(run, RunOutcome.FAILED, "gave up"));

        // Then
        assertThat(bench.facts.endings()).isEmpty();
        assertThat(ids(queued())).isEqualTo(ids(RunAnalyses.of(run)));
    }

    @Test
    void announcesMeasuredResultsAgainForALaterStudy() {
        // Given everything measured before anybody asked for the comparisons
        Family family = Family.of(bench.world, 1);
        family.runs().forEach(r -> bench.fact(bench.world.ended(r, RunOutcome.FINISHED, trained(r))));
        bench.drain();
        List<String> before = written();

        // When
        bench.fact(family.accepted(bench.world));

        // Then each of the runs' analyses once more, word for word, and a job for each comparison
        assertThat(before).hasSize(29);
        assertThat(written()).hasSize(58);
        assertThat(written().subList(29, 58)).containsExactlyInAnyOrderElementsOf(before);
        assertThat(ids(queued())).isEqualTo(ids(family.comparisons()));
    }

    @Test
    void queuesNothingThatIsMeasuredAlready() {
        // Given
        RunSpec run = bench.world.run(1);
        CheckpointStored[] checkpoints = trained(run);
        bench.fact(bench.world.ended(run, RunOutcome.FINISHED, checkpoints));
        bench.drain();

        // When every fact comes again
        for (CheckpointStored checkpoint : checkpoints) {
            bench.fact(checkpoint);
        }
        bench.fact(bench.world.ended(run, RunOutcome.FINISHED, checkpoints));

        // Then
        assertThat(queued()).isEmpty();
    }

    @Test
    void refusesByNameWhatAStudyAcceptedBeforeAnUpgradeWantsInAnOlderVersion() {
        // Given a study that was accepted when movement had version 1, and its facts were read then
        RunSpec run = bench.world.run(1);
        List<AnalysisRequest> older = RunAnalyses.of(run).stream()
                .map(r -> r.kind() == AnalysisKind.MOVEMENT ? new AnalysisRequest(r.kind(), 1, r.inputs(), null) : r)
                .toList();
        Set<AnalysisId> movement = ids(
                older.stream().filter(r -> r.kind() == AnalysisKind.MOVEMENT).toList());
        Family.accepted(bench.world, List.of(run), older);

        // When its run is trained after the upgrade
        CheckpointStored[] checkpoints = trained(run);
        for (CheckpointStored checkpoint : checkpoints) {
            bench.fact(checkpoint);
        }
        bench.drain();

        // Then every analysis of the study ends that does not wait for the result, those in the older version by name
        Map<Boolean, List<AnalysisRequest>> byWait = RunAnalyses.of(run).stream()
                .collect(Collectors.partitioningBy(r -> r.kind().waitsForResults()));
        assertThat(bench.facts.ids(AnalysisOutcome.REFUSED)).isEqualTo(movement);
        assertThat(bench.facts.ids(AnalysisOutcome.MEASURED)).isEqualTo(ids(byWait.getOrDefault(false, List.of())));
        assertThat(bench.facts.endings())
                .filteredOn(e -> e.outcome() == AnalysisOutcome.REFUSED)
                .allSatisfy(e -> assertThat(e.reason()).contains("measures version 3 of MOVEMENT", "asked for is 1"));

        // And so they do when only the end of the run is read
        bench.fact(bench.world.ended(run, RunOutcome.FINISHED, checkpoints));
        Set<AnalysisId> rest = new HashSet<>(movement);
        rest.addAll(ids(byWait.getOrDefault(true, List.of())));
        assertThat(ids(queued())).isEqualTo(rest);
    }
}
