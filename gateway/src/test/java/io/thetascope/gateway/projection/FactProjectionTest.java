package io.thetascope.gateway.projection;

import static io.thetascope.gateway.testing.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.thetascope.contracts.analysis.AnalysisOutcome;
import io.thetascope.contracts.analysis.AnalysisRequest;
import io.thetascope.contracts.event.AnalysisCompleted;
import io.thetascope.contracts.event.EpochCompleted;
import io.thetascope.contracts.event.Event;
import io.thetascope.contracts.event.RunFinished;
import io.thetascope.contracts.event.StudyAccepted;
import io.thetascope.contracts.event.StudyCompleted;
import io.thetascope.contracts.identity.Attempt;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.identity.Step;
import io.thetascope.contracts.run.EpochFigures;
import io.thetascope.contracts.run.Figures;
import io.thetascope.contracts.run.RunOutcome;
import io.thetascope.contracts.study.AcceptedStudy;
import io.thetascope.contracts.study.PlannedRun;
import io.thetascope.gateway.database.Database;
import io.thetascope.gateway.outbox.OutboxDispatcher;
import io.thetascope.gateway.reading.RunReading;
import io.thetascope.gateway.reading.StudyReading;
import io.thetascope.gateway.reading.StudyView;
import io.thetascope.gateway.testing.PublishedFacts;
import io.thetascope.gateway.testing.Samples;
import io.thetascope.gateway.testing.TestDatabase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FactProjectionTest {
    private static final AcceptedStudy STUDY = Samples.plan("""
            networks: [lenet]
            datasets: [fashion-mnist]
            epochs: 2
            perturbations: [sign-flip]
            """).study();
    private static final Attempt ATTEMPT = Attempt.of(1, 1);

    private final Database database = TestDatabase.create();
    private final PublishedFacts published = new PublishedFacts();
    private final FactProjection projection =
            new FactProjection(database, id -> Optional.of(STUDY), (session, fact) -> {});
    private long offset;

    private void apply(Event event) {
        projection.apply(event, new FactPosition(event.topic().topicName(), 0, offset++, NOON));
    }

    private StudyView study() {
        return new StudyReading(database, () -> NOON.plusSeconds(10))
                .find(STUDY.studyId())
                .orElseThrow();
    }

    private static List<Event> everything() {
        List<Event> facts = new ArrayList<>();
        facts.add(new StudyAccepted(
                STUDY.studyId(), 1, "", STUDY.runs().size(), STUDY.analyses().size()));
        for (PlannedRun run : STUDY.runs()) {
            facts.add(Samples.started(run.runId(), ATTEMPT));
            facts.add(epoch(run, 2));
            facts.add(Samples.ended(run.runId(), ATTEMPT, RunOutcome.FINISHED, NOON));
        }
        for (AnalysisRequest request : STUDY.analyses()) {
            facts.add(new AnalysisCompleted(
                    request.id(), ATTEMPT, request, AnalysisOutcome.MEASURED, null, List.of(), null, null, NOON));
        }
        return facts;
    }

    private static EpochCompleted epoch(PlannedRun run, int epoch) {
        EpochFigures figures =
                new EpochFigures(epoch, new Step(epoch * 469L), new Figures(0.5, 0.8), new Figures(0.6, 0.7));
        return new EpochCompleted(run.runId(), ATTEMPT, figures, 3_000.0);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void anyOrderEndsInTheSame(long seed) {
        List<Event> facts = everything();
        Collections.shuffle(facts, new Random(seed));
        facts.forEach(this::apply);
        facts.forEach(this::apply); // and everything once more

        assertThat(study().state()).isEqualTo(StudyState.COMPLETED);
        assertThat(study().runs()).containsEntry("finished", 4L).containsEntry("planned", 4L);
        assertThat(study().progress()).isEqualTo(1);
        new OutboxDispatcher(database, published).dispatch();
        assertThat(published.events())
                .filteredOn(e -> e instanceof StudyCompleted)
                .hasSize(1);
    }

    @Test
    void whatEndedWithAFailedRunWaitsWhenItIsTriedAgain() {
        // Given a parent that was given up, so its retrainings were skipped and nothing was measured
        RunId parent = STUDY.runs().get(0).runId();
        apply(everything().get(0));
        givenUp(parent, Attempt.of(0, 5), NOON);
        assertThat(study().state()).isEqualTo(StudyState.COMPLETED);

        // When a worker takes it again
        apply(Samples.started(parent, Attempt.of(5, 6)));
        assertThat(study().state()).isEqualTo(StudyState.RUNNING);
        assertThat(study().runs()).containsEntry("running", 1L).containsEntry("waiting", 3L);
        assertThat(study().analyses()).containsEntry("refused", 0L);

        // Then it is over once everything ended again
        apply(Samples.ended(parent, Attempt.of(5, 6), RunOutcome.FINISHED, NOON.plusSeconds(60)));
        assertThat(study().state()).isEqualTo(StudyState.RUNNING);
        everything().forEach(this::apply);
        assertThat(study().state()).isEqualTo(StudyState.COMPLETED);
        assertThat(study().runs()).containsEntry("finished", 4L);
        new OutboxDispatcher(database, published).dispatch();
        assertThat(published.of(StudyCompleted.class)).hasSize(2);
    }

    @Test
    void whatWaitedForARunThatIsGivenUpAgainIsSkippedAgain() {
        RunId parent = STUDY.runs().get(0).runId();
        apply(everything().get(0));
        givenUp(parent, Attempt.of(0, 5), NOON);
        apply(Samples.started(parent, Attempt.of(5, 6)));
        givenUp(parent, Attempt.of(5, 10), NOON.plusSeconds(60));

        assertThat(study().state()).isEqualTo(StudyState.COMPLETED);
        assertThat(study().runs()).containsEntry("failed", 1L).containsEntry("skipped", 3L);
    }

    @Test
    void anAnalysisThatReadsAnotherFailedRunStaysRefused() {
        RunId parent = STUDY.runs().get(0).runId();
        RunId child = STUDY.runs().get(1).runId();
        apply(everything().get(0));
        givenUp(parent, Attempt.of(0, 5), NOON);
        apply(Samples.ended(child, Attempt.of(0, 5), RunOutcome.FAILED, NOON.plusSeconds(1)));

        apply(Samples.started(parent, Attempt.of(5, 6)));
        long reading = STUDY.analyses().stream()
                .filter(request -> request.runs().contains(child))
                .count();
        assertThat(reading).isPositive();
        assertThat(study().analyses()).containsEntry("refused", reading);
    }

    private void givenUp(RunId parent, Attempt attempt, Instant when) {
        apply(Samples.ended(parent, attempt, RunOutcome.FAILED, when));
        STUDY.runs().stream()
                .map(PlannedRun::runId)
                .filter(run -> !run.equals(parent))
                .forEach(child -> apply(Samples.ended(child, Attempt.START, RunOutcome.SKIPPED, when)));
        STUDY.analyses()
                .forEach(request -> apply(new AnalysisCompleted(
                        request.id(),
                        Attempt.START,
                        request,
                        AnalysisOutcome.REFUSED,
                        "",
                        List.of(),
                        null,
                        null,
                        when)));
    }

    @Test
    void figuresThatComeBeforeTheRunIsKnownAreShown() {
        PlannedRun run = STUDY.runs().get(0);
        apply(epoch(run, 2)); // as a rebuild reads the topics: in no order between them
        apply(everything().get(0));
        assertThat(new RunReading(database).find(run.runId()).orElseThrow().epoch())
                .isEqualTo(2);
    }

    @Test
    void theStudyIsNotCompleteBeforeItsLastAnalysis() {
        List<Event> facts = everything();
        facts.subList(0, facts.size() - 1).forEach(this::apply);
        assertThat(study().state()).isEqualTo(StudyState.RUNNING);
        apply(facts.get(facts.size() - 1));
        assertThat(study().state()).isEqualTo(StudyState.COMPLETED);
    }

    @Test
    void theLogHasEveryFactOnceAndInOrder() {
        everything().forEach(this::apply);
        everything().forEach(this::apply);
        List<EventLog.Entry> log = database.call(s -> new EventLog(s).after(STUDY.studyId(), 0, 1_000));
        assertThat(log).hasSize(everything().size());
        assertThat(log).extracting(EventLog.Entry::seq).isSorted().doesNotHaveDuplicates();
        List<EventLog.Entry> rest = database.call(
                s -> new EventLog(s).after(STUDY.studyId(), log.get(4).seq(), 1_000));
        assertThat(rest).isEqualTo(log.subList(5, log.size()));
    }

    @Test
    void aRunThatStartsOverGoesBack() {
        PlannedRun run = STUDY.runs().get(0);
        apply(everything().get(0));
        apply(Samples.started(run.runId(), ATTEMPT));
        apply(epoch(run, 2));
        apply(Samples.started(run.runId(), Attempt.of(1, 2)));
        apply(epoch(run, 1));
        assertThat(new RunReading(database).find(run.runId()).orElseThrow().epoch())
                .isEqualTo(1);
    }

    @Test
    void aLaterMeasurementReplacesAnEarlierOneAndARefusalReplacesNone() {
        AnalysisRequest request = STUDY.analyses().get(0);
        everything().forEach(this::apply);
        AnalysisCompleted anew = ended(request, AnalysisOutcome.MEASURED, 2);
        apply(anew);
        apply(ended(request, AnalysisOutcome.REFUSED, 3));
        String fact = database.call(
                s -> s.first("SELECT fact FROM analysis WHERE analysis_id = ?", row -> row.text("fact"), request.id())
                        .orElseThrow());
        assertThat(fact).contains(anew.attempt().value());
    }

    private static AnalysisCompleted ended(AnalysisRequest request, AnalysisOutcome outcome, int delivery) {
        return new AnalysisCompleted(
                request.id(), Attempt.of(9, delivery), request, outcome, null, List.of(), null, null, NOON);
    }

    @Test
    void aStudyThatIsReadAgainWantsWhatEndedBeforeItButNotWhatEndedSince() {
        RunId before = STUDY.runs().get(0).runId();
        RunId since = STUDY.runs().get(1).runId();
        apply(Samples.ended(before, ATTEMPT, RunOutcome.FAILED, NOON.minusSeconds(1)));
        apply(Samples.ended(since, ATTEMPT, RunOutcome.FAILED, NOON.plusSeconds(1)));
        apply(everything().get(0));
        RunReading runs = new RunReading(database);
        assertThat(runs.find(before).orElseThrow().state()).isEqualTo("waiting");
        assertThat(runs.find(since).orElseThrow().state()).isEqualTo("failed");
    }

    @Test
    void aReasonThatQuotesBinaryContentIsKeptOnEveryDatabase() {
        RunId run = STUDY.runs().get(0).runId();
        apply(new RunFinished(run, ATTEMPT, RunOutcome.FAILED, "not a header: \0\1PK", null, null, NOON));
        assertThat(new RunReading(database).find(run).orElseThrow().reason()).isEqualTo("not a header: \ufffd\1PK");
    }

    @Test
    void keepsHowFarItIs() {
        apply(everything().get(0));
        long applied = database.call(s -> new Offsets(s).next("thetascope.studies.v1", 0));
        long untouched = database.call(s -> new Offsets(s).next("thetascope.studies.v1", 1));
        assertThat(applied).isEqualTo(1);
        assertThat(untouched).isZero();
    }
}
