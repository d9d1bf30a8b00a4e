package io.thetascope.perturbation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.common.annotation.Identifier;
import io.thetascope.artifacts.Checkpoints;
import io.thetascope.artifacts.store.ObjectStore;
import io.thetascope.contracts.event.CheckpointStored;
import io.thetascope.contracts.event.Event;
import io.thetascope.contracts.event.EventType;
import io.thetascope.contracts.event.RunFinished;
import io.thetascope.contracts.event.StudyAccepted;
import io.thetascope.contracts.event.Topic;
import io.thetascope.contracts.event.TrainJob;
import io.thetascope.contracts.identity.Attempt;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.identity.Step;
import io.thetascope.contracts.identity.StudyId;
import io.thetascope.contracts.run.RunOutcome;
import io.thetascope.contracts.run.RunSpec;
import io.thetascope.contracts.run.StoredCheckpoint;
import io.thetascope.messaging.EventPublisher;
import io.thetascope.messaging.EventReader;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@QuarkusTest
@QuarkusTestResource(InfraResource.class)
class PerturbationServiceIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    private final ObjectStore store;
    private final EventPublisher publisher;
    private final Map<String, Object> kafka;

    @TempDir
    Path folder = Path.of("");

    @Inject
    PerturbationServiceIT(
            ObjectStore store,
            EventPublisher publisher,
            @Identifier("default-kafka-broker") Map<String, Object> kafka) {
        this.store = store;
        this.publisher = publisher;
        this.kafka = kafka;
    }

    @Test
    void studyBeforeTheParentStartsItsChildrenOnceThoughTheFactComesTwice() {
        // Given
        RunSpec parent = Examples.base(101);
        publish(accepted(Examples.accept(store, "it study first", parent)));
        StoredCheckpoint last = Examples.finish(store, parent, folder);
        // When
        publish(ended(parent, RunOutcome.FINISHED, last));
        publish(ended(parent, RunOutcome.FINISHED, last));
        // Then
        List<RunId> children = childrenOf(parent);
        assertThat(distinct(awaitEvents(Topic.TRAIN_JOBS, children, TrainJob.class)))
                .hasSize(children.size());
        assertThat(distinct(awaitEvents(Topic.CHECKPOINTS, children, CheckpointStored.class)))
                .hasSize(children.size());
        children.forEach(child ->
                assertThat(new Checkpoints(store).find(child, Step.START)).hasSize(1));
    }

    @Test
    void parentBeforeTheStudyStartsItsChildren() {
        // Given
        RunSpec parent = Examples.base(102);
        StoredCheckpoint last = Examples.finish(store, parent, folder);
        publish(ended(parent, RunOutcome.FINISHED, last));
        // When
        publish(accepted(Examples.accept(store, "it parent first", parent)));
        // Then
        awaitEvents(Topic.TRAIN_JOBS, childrenOf(parent), TrainJob.class);
    }

    @Test
    void divergedParentSkipsItsChildrenAndGarbageStopsNothing() {
        // Given
        RunSpec parent = Examples.base(103);
        publish(accepted(Examples.accept(store, "it diverged", parent)));
        publisher
                .send(new ProducerRecord<>(Topic.RUNS.topicName(), parent.id().value(), new byte[] {1}))
                .join();
        Examples.end(store, parent.id(), RunOutcome.DIVERGED, List.of());
        // When
        publish(ended(parent, RunOutcome.DIVERGED, null));
        // Then
        List<Event> skips = awaitEvents(Topic.RUNS, childrenOf(parent), RunFinished.class);
        assertThat(skips)
                .allSatisfy(skip -> assertThat(((RunFinished) skip).outcome()).isEqualTo(RunOutcome.SKIPPED));
    }

    private void publish(Event event) {
        publisher.publish(event).join();
    }

    // the study and the end of its run may both start a child; what they announce has one id
    private static Set<String> distinct(List<Event> events) {
        return events.stream().map(EventType::idOf).collect(Collectors.toSet());
    }

    private static List<RunId> childrenOf(RunSpec parent) {
        return Examples.childrenOf(parent).stream().map(RunSpec::id).toList();
    }

    private static StudyAccepted accepted(StudyId study) {
        return new StudyAccepted(study, 1, "study", 5, 0);
    }

    private static RunFinished ended(RunSpec parent, RunOutcome outcome, @Nullable StoredCheckpoint last) {
        return new RunFinished(parent.id(), Attempt.of(3, 1), outcome, null, last, null, NOON);
    }

    /** Reads a topic from its start until there is an event for every run, and returns all of these runs. */
    private List<Event> awaitEvents(Topic topic, List<RunId> runs, Class<? extends Event> type) {
        List<Event> found = new ArrayList<>();
        Set<String> keys = Set.copyOf(runs.stream().map(RunId::value).toList());
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        kafka.get("bootstrap.servers"),
                        "group.id",
                        "it-" + topic + runs.get(0),
                        "auto.offset.reset",
                        "earliest"),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.subscribe(Set.of(topic.topicName()));
            await().atMost(PATIENCE).until(() -> {
                for (ConsumerRecord<String, byte[]> message : consumer.poll(Duration.ofMillis(200))) {
                    if (keys.contains(message.key())) {
                        found.add(EventReader.read(message));
                    }
                }
                return keys.equals(Set.copyOf(found.stream().map(Event::key).toList()));
            });
        }
        assertThat(found).allSatisfy(event -> assertThat(event).isInstanceOf(type));
        return found;
    }
}
