package io.thetascope.gateway.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.thetascope.artifacts.store.ObjectStore;
import io.thetascope.contracts.event.Topic;
import io.thetascope.contracts.identity.Attempt;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.run.RunOutcome;
import io.thetascope.gateway.testing.FakeTrainer;
import io.thetascope.gateway.testing.Samples;
import io.thetascope.messaging.DeadLetters;
import io.thetascope.messaging.EventPublisher;
import io.thetascope.testkit.Infra;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class DeadLettersApiIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Map<String, Object> KAFKA =
            Map.of("bootstrap.servers", Infra.get().bootstrapServers());
    private static final byte[] NOT_TEXT = {(byte) 0xff, 0, 1, 2};

    @Inject
    ObjectStore store;

    @Inject
    EventPublisher publisher;

    @Inject
    InstantSource clock;

    @Test
    void aFailedRunWhoseJobIsSentAgainIsQueuedAndItsStudyRunsUntilItFinished() {
        // Given a run that was given up
        RunId run = onlyRunOfAStudy(31);
        ConsumerRecord<String, byte[]> job = await().atMost(PATIENCE)
                .until(() -> records(Topic.TRAIN_JOBS.topicName(), run.value()), found -> found.size() == 1)
                .get(0);
        bury(job, "failed 5 times without progress", 5);
        publisher
                .publish(Samples.ended(run, Attempt.of(0, 5), RunOutcome.FAILED, clock.instant()))
                .join();
        awaitState(run, "failed");
        Map<String, Object> letter = letterOf(run.value());
        assertThat(letter)
                .containsEntry("topic", "thetascope.train-jobs.v1")
                .containsEntry("type", "io.thetascope.TrainJob.v1")
                .containsEntry("reason", "failed 5 times without progress")
                .containsEntry("attempts", 5)
                .containsEntry("error", "java.lang.IllegalStateException: no such layer")
                .containsEntry("value", new String(job.value(), StandardCharsets.UTF_8))
                .doesNotContainKeys("valueBase64", "resentAt");

        // When
        String resend = "/api/v1/dead-letters/" + letter.get("id") + "/resend";
        given().post(resend)
                .then()
                .statusCode(202)
                .body("id", equalTo(letter.get("id")), "topic", equalTo("thetascope.train-jobs.v1"))
                .body("note", equalTo("It is handled like a new message."));

        // Then
        List<ConsumerRecord<String, byte[]>> jobs = records(Topic.TRAIN_JOBS.topicName(), run.value());
        assertThat(jobs).hasSize(2);
        assertThat(jobs.get(1).value()).isEqualTo(job.value());
        assertThat(headers(jobs.get(1))).isEqualTo(headers(job));
        given().get("/api/v1/runs/" + run).then().body("state", equalTo("queued"));
        given().post(resend)
                .then()
                .statusCode(409)
                .contentType("application/problem+json")
                .body("detail", containsString("was sent again at"));
        assertThat(records(Topic.TRAIN_JOBS.topicName(), run.value())).hasSize(2);
        assertThat(letterOf(run.value())).containsKey("resentAt");

        new FakeTrainer(store, publisher).train(run);
        awaitState(run, "finished");
    }

    @ParameterizedTest
    @EnumSource(
            value = Topic.class,
            names = {"TRAIN_JOBS", "ANALYSIS_JOBS"},
            mode = EnumSource.Mode.EXCLUDE)
    void whatCannotBeReadIsADeadLetterOnceAndAgainWhenItIsSentAgain(Topic topic) {
        // Given
        String key = "garbage-" + topic;
        publisher
                .send(new ProducerRecord<>(topic.topicName(), 0, key, NOT_TEXT))
                .join();
        publisher
                .send(new ProducerRecord<>(topic.topicName(), 0, key + "-last", "{}".getBytes(StandardCharsets.UTF_8)))
                .join();
        Map<String, Object> letter = letterOf(key);
        assertThat(letterOf(key + "-last")).containsEntry("value", "{}"); // the consumer went on
        assertThat(records(topic.deadLetterName(), key)).hasSize(1);
        assertThat(letter)
                .containsEntry("reason", "unreadable: no header ce_type")
                .containsEntry("valueBase64", Base64.getEncoder().encodeToString(NOT_TEXT))
                .doesNotContainKeys("value", "type");

        // When
        given().post("/api/v1/dead-letters/" + letter.get("id") + "/resend")
                .then()
                .statusCode(202)
                .body("note", containsString("becomes a dead letter again"));

        // Then
        await().atMost(PATIENCE)
                .until(() -> records(topic.deadLetterName(), key).size() == 2);
    }

    @Test
    void aRunControlKeyThatCompactionRemovesIsNoDeadLetter() {
        String topic = Topic.RUN_CONTROL.topicName();
        publisher.send(new ProducerRecord<>(topic, 1, "removed", null)).join();
        publisher
                .send(new ProducerRecord<>(topic, 1, "after-removed", NOT_TEXT))
                .join();
        letterOf("after-removed");
        assertThat(records(Topic.RUN_CONTROL.deadLetterName(), "removed")).isEmpty();
    }

    @Test
    void pagesTogetherHoldEveryLetterOnce() {
        for (int i = 0; i < 3; i++) {
            bury(new ConsumerRecord<>(Topic.ANALYSIS_JOBS.topicName(), 0, i, "page-" + i, NOT_TEXT), "gave up", 5);
        }
        List<String> whole = given().get("/api/v1/dead-letters")
                .then()
                .statusCode(200)
                .extract()
                .path("items.id");
        List<String> paged = new ArrayList<>();
        String after = "";
        while (after != null) {
            var page = given().queryParam("limit", 2)
                    .queryParam("after", after)
                    .get("/api/v1/dead-letters")
                    .then()
                    .statusCode(200)
                    .extract();
            List<String> ids = page.path("items.id");
            assertThat(ids).hasSizeLessThanOrEqualTo(2);
            paged.addAll(ids);
            after = page.path("next");
        }
        assertThat(paged).startsWith(whole.toArray(String[]::new)).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "thetascope.runs.v1-0-999999999",
                "thetascope.runs.v1-7-0",
                "__consumer_offsets-0-0",
                "thetascope.runs.v1-0--1",
                "thetascope.runs.v1-99999999999-0"
            })
    void whatIsNotThereCannotBeSentAgain(String id) {
        given().post("/api/v1/dead-letters/" + id + "/resend")
                .then()
                .statusCode(404)
                .contentType("application/problem+json");
    }

    private static RunId onlyRunOfAStudy(int seed) {
        String body = "{preset: quick, seeds: [" + seed + "], perturbations: [], optimizers: [sgd],"
                + " initializations: [kaiming-uniform]}";
        String study = given().contentType("application/yaml")
                .body(body.getBytes(StandardCharsets.UTF_8))
                .post("/api/v1/studies")
                .then()
                .statusCode(202)
                .extract()
                .path("studyId");
        return new RunId(given().get("/api/v1/studies/" + study + "/runs")
                .then()
                .extract()
                .path("items[0].runId"));
    }

    private static void bury(ConsumerRecord<String, byte[]> message, String reason, int attempts) {
        try (Producer<String, byte[]> producer = EventPublisher.producer(KAFKA, "test")) {
            new DeadLetters(producer).send(message, reason, attempts, new IllegalStateException("no such layer"));
        }
    }

    private static void awaitState(RunId run, String state) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> given().get("/api/v1/runs/" + run).then().body("state", equalTo(state)));
    }

    /** Waits for the first letter of this key. */
    private static Map<String, Object> letterOf(String key) {
        return await().atMost(PATIENCE)
                .until(
                        () -> given()
                                .get("/api/v1/dead-letters")
                                .then()
                                .statusCode(200)
                                .extract()
                                .<List<Map<String, Object>>>path("items")
                                .stream()
                                .filter(letter -> key.equals(letter.get("key")))
                                .toList(),
                        found -> !found.isEmpty())
                .get(0);
    }

    private static Map<String, String> headers(ConsumerRecord<String, byte[]> message) {
        Map<String, String> headers = new HashMap<>();
        message.headers().forEach(h -> headers.put(h.key(), new String(h.value(), StandardCharsets.UTF_8)));
        return headers;
    }

    /** Returns the records of this key that are in a topic now. */
    private static List<ConsumerRecord<String, byte[]>> records(String topic, String key) {
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(KAFKA, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
        }
        return records.stream().filter(found -> key.equals(found.key())).toList();
    }
}
