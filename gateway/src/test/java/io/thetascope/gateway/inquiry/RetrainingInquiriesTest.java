package io.thetascope.gateway.inquiry;

import static io.thetascope.gateway.testing.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.thetascope.contracts.analysis.AnalysisKind;
import io.thetascope.contracts.analysis.AnalysisRequest;
import io.thetascope.contracts.event.AnalysisJob;
import io.thetascope.contracts.event.Event;
import io.thetascope.contracts.identity.Attempt;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.run.RunOutcome;
import io.thetascope.contracts.run.RunSpec;
import io.thetascope.contracts.study.AcceptedStudy;
import io.thetascope.contracts.study.PlannedRun;
import io.thetascope.contracts.study.RunRole;
import io.thetascope.gateway.database.Database;
import io.thetascope.gateway.outbox.OutboxDispatcher;
import io.thetascope.gateway.planning.Retrainings;
import io.thetascope.gateway.projection.FactPosition;
import io.thetascope.gateway.projection.FactProjection;
import io.thetascope.gateway.projection.StudyRows;
import io.thetascope.gateway.request.AskedMeasures;
import io.thetascope.gateway.request.Problem;
import io.thetascope.gateway.request.Problems;
import io.thetascope.gateway.request.RefusedRequestException;
import io.thetascope.gateway.testing.PublishedFacts;
import io.thetascope.gateway.testing.Samples;
import io.thetascope.gateway.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is asked of retrainings reads their parent, too. */
class RetrainingInquiriesTest {
    private static final AcceptedStudy STUDY = Samples.plan("preset: quick").study();
    private static final RunSpec CHILD = first(RunRole.PERTURBED);
    private static final RunId PARENT_ID =
            CHILD.origin() == null ? CHILD.id() : CHILD.origin().parent();
    private static final RunSpec PARENT = STUDY.runs().stream()
            .map(PlannedRun::spec)
            .filter(run -> run.id().equals(PARENT_ID))
            .findFirst()
            .orElseThrow();
    private static final RunSpec SAME = twin(RunRole.TWIN_SAME_SEED);
    private static final RunSpec OTHER = twin(RunRole.TWIN_NEW_SEED);

    private final Database database = TestDatabase.create();
    private final Inquiries inquiries = new Inquiries(database, () -> NOON);
    private final FactProjection projection =
            new FactProjection(database, id -> Optional.of(STUDY), (session, fact) -> {});
    private long offset;

    private static RunSpec first(RunRole role) {
        return STUDY.runs().stream()
                .filter(run -> run.role() == role)
                .findFirst()
                .orElseThrow()
                .spec();
    }

    private static RunSpec twin(RunRole role) {
        return STUDY.runs().stream()
                .filter(run -> run.role() == role && run.spec().origin() != null)
                .map(PlannedRun::spec)
                .filter(run -> run.origin() != null && run.origin().parent().equals(PARENT_ID))
                .findFirst()
                .orElseThrow();
    }

    @BeforeEach
    void theFamilyHasEnded() {
        database.run(session -> new StudyRows(session).insert(STUDY, "", 1, NOON));
        for (RunSpec run : List.of(PARENT, CHILD, SAME, OTHER)) {
            apply(Samples.ended(run.id(), Attempt.of(0, 1), RunOutcome.FINISHED, NOON));
        }
    }

    private void apply(Event event) {
        projection.apply(event, new FactPosition(event.topic().topicName(), 0, offset++, NOON));
    }

    private List<Inquiries.Answer> ask(RunSpec run, String json) {
        Problems problems = new Problems();
        AskedMeasures asked = AskedMeasures.read(json.getBytes(StandardCharsets.UTF_8), problems);
        return inquiries.ask(run.id(), asked, problems).orElseThrow();
    }

    private List<AnalysisRequest> jobs() {
        PublishedFacts published = new PublishedFacts();
        new OutboxDispatcher(database, published).dispatch();
        return published.of(AnalysisJob.class).stream()
                .map(AnalysisJob::request)
                .toList();
    }

    private List<Problem> refused(RunSpec run, String json) {
        try {
            ask(run, json);
        } catch (RefusedRequestException e) {
            return e.problems();
        }
        throw new AssertionError("was not refused: " + json);
    }

    @Test
    void thePathAndTheSymmetryOfAChildAreThoseThatAStudyPlans() {
        // When
        List<Inquiries.Answer> answers = ask(CHILD, "{\"measures\": [\"path\", \"symmetry\"]}");

        // Then
        AnalysisRequest path = Retrainings.path(PARENT, CHILD);
        AnalysisRequest symmetry = Retrainings.symmetry(PARENT, CHILD);
        assertThat(answers).extracting(Inquiries.Answer::analysisId).containsExactly(path.id(), symmetry.id());
        assertThat(jobs()).containsExactly(path, symmetry);
        assertThat(STUDY.analyses()).contains(path, symmetry);
    }

    @Test
    void aTwinHasAPathToo() {
        assertThat(ask(SAME, "{\"measures\": [\"path\"]}"))
                .extracting(Inquiries.Answer::analysisId)
                .containsExactly(Retrainings.path(PARENT, SAME).id());
    }

    @Test
    void theBarrierIsThatOfAStudyWhicheverOfTheTwoIsAsked() {
        for (List<RunSpec> two : List.of(List.of(PARENT, CHILD), List.of(PARENT, SAME), List.of(SAME, OTHER))) {
            String with = "{\"measures\": [\"barrier\"], \"with\": \"%s\"}";
            List<Inquiries.Answer> answers =
                    ask(two.get(0), with.formatted(two.get(1).id()));
            assertThat(ask(two.get(1), with.formatted(two.get(0).id()))).isEqualTo(answers);
            assertThat(STUDY.analyses())
                    .filteredOn(request -> request.kind() == AnalysisKind.BARRIER)
                    .extracting(AnalysisRequest::id)
                    .contains(answers.get(0).analysisId());
        }
    }

    @Test
    void aBarrierNeedsAnotherRun() {
        assertThat(refused(CHILD, "{\"measures\": [\"barrier\"]}"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.field()).isEqualTo("with"))
                .satisfies(problem -> assertThat(problem.remedy()).contains("the id of another run", "barrier"));
    }

    @Test
    void refusesThePathOfARunThatStartedFromAnInitialisation() {
        assertThat(refused(PARENT, "{\"measures\": [\"path\", \"symmetry\"]}"))
                .hasSize(2)
                .allSatisfy(problem -> assertThat(problem.field()).isEqualTo("measures"))
                .allSatisfy(problem -> assertThat(problem.remedy())
                        .contains(PARENT.id() + " started from an initialisation", "ask of one of its children"));
        assertThat(jobs()).isEmpty();
    }

    @Test
    void refusesTheSymmetryOfATwin() {
        assertThat(refused(SAME, "{\"measures\": [\"path\", \"symmetry\"]}"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.value()).isEqualTo("symmetry"))
                .satisfies(problem -> assertThat(problem.remedy())
                        .contains(SAME.id() + " is a twin", "ask of a perturbed child of " + PARENT.id()));
    }

    @Test
    void refusesThePathOfARunWhoseParentIsTrainedAgain() {
        // Given a parent that is running once more
        database.run(session -> session.update(
                "UPDATE run SET state = 'running' WHERE run_id = ?", PARENT.id().value()));

        // Then
        assertThat(refused(CHILD, "{\"measures\": [\"path\"]}"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.value()).isEqualTo(PARENT.id()))
                .satisfies(problem -> assertThat(problem.remedy())
                        .contains("a retraining of a run that has ended; " + PARENT.id() + " is running"));
    }

    @Test
    void refusesThePathOfARunWhoseParentIsNotKnown() {
        // Given a study that retrains finished runs of a study that is gone
        database.run(session ->
                session.update("DELETE FROM run WHERE run_id = ?", PARENT.id().value()));

        // Then
        assertThat(refused(CHILD, "{\"measures\": [\"path\"]}"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.remedy())
                        .contains("a parent that is known here; send the study of " + PARENT.id() + " again"));
    }
}
