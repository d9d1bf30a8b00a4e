package io.thetascope.contracts.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thetascope.contracts.identity.Attempt;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.json.Json;
import io.thetascope.contracts.run.RunOutcome;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EventContractTest {
    @ParameterizedTest
    @EnumSource
    void everyEventIsWrittenAsItsGoldenFileSays(EventType type) throws IOException {
        assertThat(Json.canonical(example(type))).isEqualTo(Json.canonical(golden(type)));
    }

    @ParameterizedTest
    @EnumSource
    void everyGoldenFileIsReadAsItsEvent(EventType type) throws IOException {
        assertThat(type.read(Json.bytes(golden(type)))).isEqualTo(example(type));
    }

    @ParameterizedTest
    @EnumSource
    void fieldsThatAreNotKnownYetAreIgnored(EventType type) throws IOException {
        ObjectNode grown = golden(type).deepCopy();
        grown.put("addedNextYear", 1);
        assertThat(type.read(Json.bytes(grown))).isEqualTo(example(type));
    }

    @Test
    void anOutcomeThatIsNotKnownYetReadsAsUnknown() throws IOException {
        ObjectNode grown = golden(EventType.RUN_FINISHED).deepCopy();
        grown.put("outcome", "evaporated");
        RunFinished event = (RunFinished) EventType.RUN_FINISHED.read(Json.bytes(grown));
        assertThat(event.outcome()).isEqualTo(RunOutcome.UNKNOWN);
    }

    @Test
    void typesAndTopicsAreFoundByTheirNamesInKafka() {
        for (EventType type : EventType.values()) {
            assertThat(EventType.named(type.cloudEventType())).contains(type);
        }
        for (Topic topic : Topic.values()) {
            assertThat(Topic.named(topic.topicName())).contains(topic);
            assertThat(topic.deadLetterName()).isEqualTo(topic.topicName() + ".dlq");
        }
        assertThat(EventType.RUN_FINISHED.cloudEventType()).isEqualTo("io.thetascope.RunFinished.v1");
    }

    @Test
    void aRunThatIsSkippedAgainLaterIsAnotherEvent() {
        RunFinished finished = (RunFinished) example(EventType.RUN_FINISHED);
        RunFinished once = skipped(finished.runId(), finished.finishedAt());
        assertThat(EventType.idOf(skipped(finished.runId(), finished.finishedAt())))
                .isEqualTo(EventType.idOf(once));
        assertThat(EventType.idOf(
                        skipped(finished.runId(), finished.finishedAt().plusSeconds(1))))
                .isNotEqualTo(EventType.idOf(once));
    }

    private static RunFinished skipped(RunId run, Instant when) {
        return new RunFinished(run, Attempt.START, RunOutcome.SKIPPED, "parent failed", null, null, when);
    }

    @Test
    void aRepetitionHasTheSameIdAndAnotherAttemptHasNot() {
        RunFinished event = (RunFinished) example(EventType.RUN_FINISHED);
        RunFinished otherAttempt = new RunFinished(
                event.runId(), Attempt.of(17, 3), event.outcome(), event.reason(), null, null, event.finishedAt());
        // pinned: change this and consumers take repetitions for news
        assertThat(EventType.idOf(event)).isEqualTo("ef45935ae65ea32841176058f5c58987");
        assertThat(EventType.idOf(otherAttempt)).isNotEqualTo(EventType.idOf(event));
    }

    private static Event example(EventType type) {
        return Objects.requireNonNull(Examples.all().get(type), "an example of every event: " + type);
    }

    private static JsonNode golden(EventType type) throws IOException {
        String name = "/golden/" + type.eventName() + ".v1.json";
        try (InputStream in = EventContractTest.class.getResourceAsStream(name)) {
            assertThat(in).as("golden file " + name).isNotNull();
            return Json.newMapper().readTree(in);
        }
    }
}
