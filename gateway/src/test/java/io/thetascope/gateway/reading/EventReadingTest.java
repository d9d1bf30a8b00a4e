package io.thetascope.gateway.reading;

import static io.thetascope.gateway.testing.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.thetascope.contracts.analysis.AnalysisOutcome;
import io.thetascope.contracts.analysis.AnalysisRequest;
import io.thetascope.contracts.analysis.IntegrityResult;
import io.thetascope.contracts.analysis.IntegrityResult.CheckpointAudit;
import io.thetascope.contracts.analysis.IntegrityResult.Finding;
import io.thetascope.contracts.analysis.RunAnalyses;
import io.thetascope.contracts.event.AnalysisCompleted;
import io.thetascope.contracts.event.Event;
import io.thetascope.contracts.event.StudyAccepted;
import io.thetascope.contracts.identity.Attempt;
import io.thetascope.contracts.identity.Digest;
import io.thetascope.contracts.identity.Step;
import io.thetascope.contracts.json.Json;
import io.thetascope.contracts.run.ArtifactRef;
import io.thetascope.contracts.run.RunSpec;
import io.thetascope.contracts.study.AcceptedStudy;
import io.thetascope.gateway.database.Database;
import io.thetascope.gateway.projection.EventLog;
import io.thetascope.gateway.projection.FactPosition;
import io.thetascope.gateway.projection.FactProjection;
import io.thetascope.gateway.testing.Samples;
import io.thetascope.gateway.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EventReadingTest {
    private static final AcceptedStudy STUDY = Samples.plan("preset: quick").study();
    private static final RunSpec SPEC = STUDY.runs().get(0).spec();
    private static final Step DAMAGED = SPEC.schedule().checkpointSteps().get(1);
    private static final AnalysisRequest AT_START = RunAnalyses.features(SPEC, Step.START);
    private static final AnalysisRequest AT_DAMAGED = RunAnalyses.features(SPEC, DAMAGED);
    private static final Digest DIGEST = Digest.of(new byte[] {1});

    private final Database database = TestDatabase.create();
    private final EventReading events = new EventReading(database, new DamageReading(database));
    private final FactProjection projection =
            new FactProjection(database, id -> Optional.of(STUDY), (session, fact) -> {});
    private long offset;

    private void apply(Event event) {
        projection.apply(event, new FactPosition(event.topic().topicName(), 0, offset++, NOON));
    }

    private void measured(AnalysisRequest request, Object result) {
        apply(new AnalysisCompleted(
                request.id(),
                Attempt.of(offset, 1),
                request,
                AnalysisOutcome.MEASURED,
                null,
                List.of(),
                Json.tree(result),
                new ArtifactRef("analyses/" + request.id(), DIGEST, 9),
                NOON.plusSeconds(offset)));
    }

    private void audited(List<Finding> damage) {
        CheckpointAudit audit = new CheckpointAudit(DAMAGED, 1, "key", DIGEST, DIGEST, null, damage, List.of());
        measured(RunAnalyses.integrity(SPEC), new IntegrityResult(damage.isEmpty(), 5, List.of(audit), List.of()));
    }

    private JsonNode told(AnalysisRequest request) {
        return events.of(STUDY.studyId(), 0, 100).stream()
                .map(EventLog.Entry::data)
                .map(data -> Json.read(data.getBytes(StandardCharsets.UTF_8), JsonNode.class))
                .filter(event ->
                        event.path("analysisId").asText().equals(request.id().value()))
                .findFirst()
                .orElseThrow();
    }

    private void bothAreMeasured() {
        apply(new StudyAccepted(
                STUDY.studyId(),
                1,
                "quick",
                STUDY.runs().size(),
                STUDY.analyses().size()));
        measured(AT_START, Map.of("x", 1));
        measured(AT_DAMAGED, Map.of("x", 2));
    }

    @Test
    void eventsTellTheNumbersOfASoundRunAsTheyWereMeasured() {
        bothAreMeasured();
        audited(List.of());

        assertThat(told(AT_DAMAGED).get("outcome").asText()).isEqualTo("measured");
        assertThat(told(AT_DAMAGED).get("result").get("x").asInt()).isEqualTo(2);
    }

    @Test
    void eventsTellNoNumberOfADamagedStepToWhoeverReadsThemAfterTheAudit() {
        bothAreMeasured();
        audited(List.of(new Finding(Finding.MISSING, "restore the object")));

        JsonNode withheld = told(AT_DAMAGED);
        assertThat(withheld.get("outcome").asText()).isEqualTo("withheld");
        assertThat(withheld.get("reason").asText()).contains("step " + DAMAGED + " is damaged", "restore the object");
        assertThat(withheld.has("result")).isFalse();
        assertThat(withheld.has("artifact")).isFalse();
        assertThat(told(AT_START).get("result").get("x").asInt()).isEqualTo(1);
        assertThat(told(RunAnalyses.integrity(SPEC)).get("result").get("sound").asBoolean())
                .isFalse();
    }

    @Test
    void whatIsWithheldKeepsItsPlaceInTheLog() {
        bothAreMeasured();
        List<Long> before = events.of(STUDY.studyId(), 0, 100).stream()
                .map(EventLog.Entry::seq)
                .toList();
        audited(List.of(new Finding(Finding.MISSING, "restore the object")));

        assertThat(events.of(STUDY.studyId(), 0, before.size()))
                .extracting(EventLog.Entry::seq)
                .containsExactlyElementsOf(before);
    }
}
