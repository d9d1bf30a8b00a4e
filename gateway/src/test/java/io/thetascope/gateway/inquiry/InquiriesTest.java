package io.thetascope.gateway.inquiry;

import static io.thetascope.gateway.testing.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thetascope.contracts.analysis.AnalysisKind;
import io.thetascope.contracts.analysis.AnalysisOutcome;
import io.thetascope.contracts.analysis.AnalysisRequest;
import io.thetascope.contracts.analysis.RunAnalyses;
import io.thetascope.contracts.event.AnalysisCompleted;
import io.thetascope.contracts.event.AnalysisJob;
import io.thetascope.contracts.event.Event;
import io.thetascope.contracts.identity.Attempt;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.run.RunOutcome;
import io.thetascope.contracts.run.RunSpec;
import io.thetascope.contracts.study.AcceptedStudy;
import io.thetascope.gateway.database.Database;
import io.thetascope.gateway.outbox.OutboxDispatcher;
import io.thetascope.gateway.planning.PairAnalyses;
import io.thetascope.gateway.projection.FactPosition;
import io.thetascope.gateway.projection.FactProjection;
import io.thetascope.gateway.projection.StudyRows;
import io.thetascope.gateway.reading.AnalysisReading;
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

class InquiriesTest {
    private static final AcceptedStudy STUDY = Samples.plan("{preset: quick, perturbations: [], comparisons: none}")
            .study();
    private static final RunSpec RUN = STUDY.runs().get(0).spec();
    private static final RunSpec OTHER = STUDY.runs().get(1).spec();
    private static final RunSpec RUNNING = STUDY.runs().get(2).spec();
    private static final RunSpec MNIST = Samples.plan("{networks: [lenet], datasets: [mnist], evidence: false}")
            .study()
            .runs()
            .get(0)
            .spec();

    private final Database database = TestDatabase.create();
    private final Inquiries inquiries = new Inquiries(database, () -> NOON);
    private final FactProjection projection =
            new FactProjection(database, id -> Optional.of(STUDY), (session, fact) -> {});
    private long offset;

    @BeforeEach
    void someRunsHaveEnded() {
        AcceptedStudy mnist = Samples.plan("{networks: [lenet], datasets: [mnist], evidence: false}")
                .study();
        database.run(session -> {
            new StudyRows(session).insert(STUDY, "", 1, NOON);
            new StudyRows(session).insert(mnist, "", 1, NOON);
        });
        for (RunSpec run : List.of(RUN, OTHER, MNIST)) {
            apply(Samples.ended(run.id(), Attempt.of(0, 1), RunOutcome.FINISHED, NOON));
        }
        apply(Samples.started(RUNNING.id(), Attempt.of(0, 1)));
    }

    private void apply(Event event) {
        projection.apply(event, new FactPosition(event.topic().topicName(), 0, offset++, NOON));
    }

    private void ended(AnalysisRequest request, AnalysisOutcome outcome, int delivery) {
        apply(new AnalysisCompleted(
                request.id(),
                Attempt.of(0, delivery),
                request,
                outcome,
                outcome == AnalysisOutcome.MEASURED ? null : "the probe set is missing",
                List.of(),
                null,
                null,
                NOON));
    }

    private List<Inquiries.Answer> ask(RunId run, String json) {
        Problems problems = new Problems();
        AskedMeasures asked = AskedMeasures.read(json.getBytes(StandardCharsets.UTF_8), problems);
        return inquiries.ask(run, asked, problems).orElseThrow();
    }

    private List<AnalysisRequest> jobs() {
        PublishedFacts published = new PublishedFacts();
        new OutboxDispatcher(database, published).dispatch();
        return published.of(AnalysisJob.class).stream()
                .map(AnalysisJob::request)
                .toList();
    }

    private List<Problem> refused(RunId run, String json) {
        try {
            ask(run, json);
        } catch (RefusedRequestException e) {
            return e.problems();
        }
        throw new AssertionError("was not refused: " + json);
    }

    @Test
    void sendsAJobForEveryMeasureAndKnowsThemByTheIdsOfAStudy() {
        List<Inquiries.Answer> answers = ask(
                RUN.id(),
                "{\"measures\": [\"laziness\", \"pair\", \"alignment\", \"order-agreement\"], \"with\": \"" + OTHER.id()
                        + "\"}");

        PairAnalyses pair = PairAnalyses.of(RUN, OTHER);
        assertThat(answers)
                .extracting(Inquiries.Answer::analysisId)
                .containsExactly(
                        RunAnalyses.laziness(RUN).id(),
                        pair.pair().id(),
                        pair.alignment().id(),
                        pair.orderAgreement().id());
        assertThat(answers).extracting(Inquiries.Answer::state).containsOnly("planned");
        assertThat(jobs()).hasSize(4).contains(pair.alignment());
        assertThat(new AnalysisReading(database).reading(OTHER.id()))
                .extracting(AnalysisReading.Known::id)
                .contains(pair.pair().id(), pair.orderAgreement().id());
    }

    @Test
    void attributionIsMeasuredWithMovementOnce() {
        assertThat(ask(RUN.id(), "{\"measures\": [\"movement\", \"attribution\"]}"))
                .hasSize(RunAnalyses.movement(RUN).size())
                .extracting(Inquiries.Answer::kind)
                .containsOnly(AnalysisKind.MOVEMENT);
    }

    @Test
    void whatIsMeasuredIsAnsweredSoButAnAuditIsAlwaysMadeAnew() {
        ended(RunAnalyses.order(RUN), AnalysisOutcome.MEASURED, 1);
        ended(RunAnalyses.integrity(RUN), AnalysisOutcome.MEASURED, 1);
        jobs();

        List<Inquiries.Answer> answers = ask(RUN.id(), "{\"measures\": [\"order\", \"integrity\"]}");

        assertThat(answers).extracting(Inquiries.Answer::state).containsExactly("measured", "planned");
        assertThat(answers.get(1).reason()).contains("an audit is always made anew", NOON.toString());
        assertThat(jobs()).containsExactly(RunAnalyses.integrity(RUN));
        // the audit that is known stands until the new one comes
        assertThat(new AnalysisReading(database)
                        .find(RunAnalyses.integrity(RUN).id())
                        .orElseThrow()
                        .outcome())
                .isEqualTo("measured");
    }

    @Test
    void whatWasRefusedIsPlannedAgainAndMeasuredInTheEnd() {
        ended(RunAnalyses.laziness(RUN), AnalysisOutcome.REFUSED, 1);

        Inquiries.Answer answer =
                ask(RUN.id(), "{\"measures\": [\"laziness\"]}").get(0);

        assertThat(answer.state()).isEqualTo("planned");
        assertThat(answer.reason()).isEqualTo("it was refused: the probe set is missing");
        AnalysisReading analyses = new AnalysisReading(database);
        assertThat(analyses.find(answer.analysisId()).orElseThrow().outcome()).isEqualTo("planned");
        ended(RunAnalyses.laziness(RUN), AnalysisOutcome.MEASURED, 2);
        assertThat(analyses.find(answer.analysisId()).orElseThrow().outcome()).isEqualTo("measured");
    }

    @Test
    void refusesWithEveryProblemAtOnce() {
        assertThat(refused(RUNNING.id(), "{\"measures\": [\"wisdom\", \"pair\"], \"hurry\": true}"))
                .extracting(problem -> problem.field() + "=" + problem.value())
                .containsExactlyInAnyOrder("hurry=true", "measures[0]=wisdom", "with=null", "=" + RUNNING.id());
        assertThat(refused(RUNNING.id(), "{\"measures\": [\"order\"]}"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.remedy()).contains("has ended", "is running"));
        assertThat(jobs()).isEmpty();
    }

    @Test
    void namesTheVocabularyWhereAMeasureIsUnknown() {
        assertThat(refused(RUN.id(), "{\"measures\": [\"wisdom\"]}").get(0).remedy())
                .contains("alignment", "attribution", "features", "integrity", "laziness", "movement")
                .contains("order-agreement", "pair");
        assertThat(refused(RUN.id(), "{\"measures\": []}").get(0).field()).isEqualTo("measures");
    }

    @Test
    void refusesAttributionOfARunThatKeptNoEvidence() {
        assertThat(refused(MNIST.id(), "{\"measures\": [\"attribution\"]}"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.remedy())
                        .contains("evidence not kept", "kept no evidence; train it with evidence: true"));
    }

    @Test
    void refusesAnotherRunThatCannotBeHeldAgainstThisOne() {
        String pair = "{\"measures\": [\"pair\"], \"with\": \"%s\"}";
        assertThat(refused(RUN.id(), pair.formatted(MNIST.id())))
                .singleElement()
                .satisfies(
                        problem -> assertThat(problem.remedy()).contains("same images of fashion-mnist", "saw mnist"));
        assertThat(refused(RUN.id(), pair.formatted(RUN.id())).get(0).remedy()).contains("another run");
        assertThat(refused(RUN.id(), pair.formatted("r" + "0".repeat(20)))
                        .get(0)
                        .remedy())
                .isEqualTo("a run that there is");
        assertThat(refused(RUN.id(), pair.formatted("nonsense")).get(0).field()).isEqualTo("with");
        assertThat(refused(RUN.id(), pair.formatted(RUNNING.id())).get(0).remedy())
                .contains("is running");
    }

    @Test
    void refusesTheOrderOfRunsWhoseCheckpointsLieAtOtherEpochs() {
        AcceptedStudy longer = Samples.plan("""
                {preset: quick, perturbations: [], epochs: 7}
                """).study();
        RunSpec seven = longer.runs().get(0).spec();
        database.run(session -> new StudyRows(session).insert(longer, "", 1, NOON));
        apply(Samples.ended(seven.id(), Attempt.of(0, 1), RunOutcome.FINISHED, NOON));

        assertThat(refused(RUN.id(), "{\"measures\": [\"order-agreement\"], \"with\": \"" + seven.id() + "\"}"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.remedy()).contains("checkpoints at the same epochs"));
    }

    @Test
    void knowsNothingOfARunThatThereIsNot() {
        AskedMeasures order = new AskedMeasures(List.of(), Optional.empty());
        assertThat(inquiries.ask(new RunId("r" + "0".repeat(20)), order, new Problems()))
                .isEmpty();
        assertThatThrownBy(() -> ask(RUN.id(), "[]")).isInstanceOf(RefusedRequestException.class);
    }
}
