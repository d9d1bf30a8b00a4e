package io.thetascope.analyzer;

import static java.time.Duration.ofSeconds;
import static org.apache.kafka.clients.CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.common.annotation.Identifier;
import io.thetascope.artifacts.store.ObjectStore;
import io.thetascope.contracts.analysis.AnalysisKind;
import io.thetascope.contracts.analysis.AnalysisOutcome;
import io.thetascope.contracts.analysis.AnalysisRequest;
import io.thetascope.contracts.analysis.RunAnalyses;
import io.thetascope.contracts.event.AnalysisCompleted;
import io.thetascope.contracts.event.AnalysisJob;
import io.thetascope.contracts.event.CheckpointStored;
import io.thetascope.contracts.event.Event;
import io.thetascope.contracts.event.Topic;
import io.thetascope.contracts.identity.AnalysisId;
import io.thetascope.contracts.json.Json;
import io.thetascope.contracts.run.RunOutcome;
import io.thetascope.contracts.run.RunSpec;
import io.thetascope.messaging.EventPublisher;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service on a broker and an object store, with LeNet checkpoints. */
@QuarkusTest
@QuarkusTestResource(InfraResource.class)
class AnalyzerIT {
    private static final Duration PATIENCE = ofSeconds(90);

    @Inject
    ObjectStore store;

    @Inject
    @Identifier("default-kafka-broker")
    Map<String, Object> kafka;

    @TempDir
    private Path folder;

    private World world;
    private EventPublisher outside;
    private KafkaConsumer<String, byte[]> announcements;
    private final List<AnalysisCompleted> endings = new ArrayList<>();

    @BeforeEach
    void connect() {
        world = new World(store, folder);
        outside = EventPublisher.connect(kafka, "test", InstantSource.system());
        String servers = String.valueOf(kafka.get(BOOTSTRAP_SERVERS_CONFIG));
        Map<String, Object> settings = Map.of(BOOTSTRAP_SERVERS_CONFIG, servers, ENABLE_AUTO_COMMIT_CONFIG, false);
        announcements = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = announcements.partitionsFor(Topic.ANALYSES.topicName()).stream()
                .map(p -> new TopicPartition(p.topic(), p.partition()))
                .toList();
        announcements.assign(partitions);
        announcements.seekToBeginning(partitions);
    }

    @AfterEach
    void disconnect() {
        announcements.close();
        outside.close();
    }

    private void publish(Collection<? extends Event> events) {
        events.forEach(e -> outside.publish(e).join());
    }

    /** Returns what was announced of these analyses, once there is enough of it. */
    private List<AnalysisCompleted> announced(Set<AnalysisId> of, Predicate<List<AnalysisCompleted>> enough) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100)).until(() -> {
            announcements
                    .poll(Duration.ofMillis(100))
                    .forEach(r -> endings.add(Json.read(r.value(), AnalysisCompleted.class)));
            return enough.test(about(of));
        });
        return about(of);
    }

    private List<AnalysisCompleted> about(Set<AnalysisId> ids) {
        return endings.stream().filter(e -> ids.contains(e.analysisId())).toList();
    }

    private static Set<AnalysisId> ids(Collection<AnalysisRequest> requests) {
        return requests.stream().map(AnalysisRequest::id).collect(Collectors.toSet());
    }

    private static Set<AnalysisId> measured(List<AnalysisCompleted> endings) {
        return endings.stream()
                .filter(e -> e.outcome() == AnalysisOutcome.MEASURED)
                .map(AnalysisCompleted::analysisId)
                .collect(Collectors.toSet());
    }

    @Test
    void measuresAllThatAStudyPlannedFromFactsInAnyOrder() {
        // Given everything stored, and its facts shuffled
        Family family = Family.of(world, 100);
        List<Event> facts = new ArrayList<>(List.of(family.accepted(world)));
        for (RunSpec run : family.runs()) {
            CheckpointStored[] lineage = {
                world.checkpoint(run, 0, 0), world.checkpoint(run, 2, 0), world.checkpoint(run, 4, 0)
            };
            facts.addAll(List.of(lineage));
            facts.add(world.ended(run, RunOutcome.FINISHED, lineage));
        }
        Collections.shuffle(facts, new Random(4));

        // When
        publish(facts);

        // Then every analysis is measured, and told differently by nobody
        Set<AnalysisId> planned = ids(family.analyses());
        List<AnalysisCompleted> all = announced(planned, e -> measured(e).equals(planned));
        assertThat(all).hasSizeGreaterThanOrEqualTo(39);
        assertThat(all).allSatisfy(e -> assertThat(e.outcome()).isEqualTo(AnalysisOutcome.MEASURED));
        assertThat(all.stream().map(AnalyzerIT::told).collect(Collectors.toSet()))
                .hasSize(39);
    }

    /** An audit is made anew for every job, at another time. */
    private static String told(AnalysisCompleted ending) {
        boolean anew = ending.request().kind() == AnalysisKind.INTEGRITY;
        return ending.analysisId() + Json.canonical(anew ? Objects.requireNonNull(ending.result()) : ending);
    }

    @Test
    void aJobSentTwiceHasOneResult() {
        // Given
        RunSpec run = world.run(101);
        world.checkpoint(run, 0, 0);
        AnalysisRequest request = RunAnalyses.of(run).get(0);
        AnalysisJob job = new AnalysisJob(request.id(), request);

        // When
        publish(List.of(job, job));

        // Then it is announced twice, word for word
        List<AnalysisCompleted> twice = announced(Set.of(request.id()), e -> e.size() >= 2);
        assertThat(twice.stream().map(Json::canonical).collect(Collectors.toSet()))
                .hasSize(1);
    }

    @Test
    void refusesADamagedCheckpoint() {
        // Given a checkpoint whose last byte is another than when it was named
        RunSpec run = world.run(102);
        CheckpointStored stored = world.checkpoint(run, 0, 0);
        String key = stored.checkpoint().artifact().key();
        byte[] bytes = store.get(key);
        bytes[bytes.length - 1] ^= 1;
        store.put(key, bytes);

        // When
        publish(List.of(stored));

        // Then
        AnalysisId features = RunAnalyses.of(run).get(0).id();
        AnalysisCompleted ending =
                announced(Set.of(features), e -> !e.isEmpty()).get(0);
        assertThat(ending.outcome()).isEqualTo(AnalysisOutcome.REFUSED);
        assertThat(ending.reason()).contains(key).contains("restore the object");
    }
}
