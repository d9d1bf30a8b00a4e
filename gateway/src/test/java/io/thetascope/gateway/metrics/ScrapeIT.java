package io.thetascope.gateway.metrics;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.thetascope.artifacts.store.ObjectStore;
import io.thetascope.contracts.event.Topic;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.gateway.api.Surroundings;
import io.thetascope.gateway.database.Database;
import io.thetascope.gateway.testing.FakeTrainer;
import io.thetascope.messaging.EventPublisher;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** What the gateway exports is what the facts say. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class ScrapeIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final List<String> STATES = List.of("queued", "running", "finished", "waiting");

    @Inject
    ObjectStore store;

    @Inject
    EventPublisher publisher;

    @Inject
    Database database;

    @Test
    void scrapedNumbersEqualTheFacts() {
        // Given a study, one run of which is trained; other tests may have left studies of theirs
        String study = given().contentType("application/yaml")
                .body("{preset: quick, seeds: [4711]}".getBytes(StandardCharsets.UTF_8))
                .post("/api/v1/studies")
                .then()
                .statusCode(202)
                .extract()
                .path("studyId");
        List<String> base = given().get("/api/v1/studies/" + study + "/runs?role=base")
                .then()
                .extract()
                .path("items.runId");
        // When
        new FakeTrainer(store, publisher).train(new RunId(base.get(0)));
        // Then
        await().atMost(PATIENCE).untilAsserted(() -> {
            Map<String, Integer> runs =
                    given().get("/api/v1/studies/" + study).then().extract().path("runs");
            assertThat(runs).containsEntry("finished", 1).containsEntry("queued", 3);
            Map<String, Double> now = scrape();
            for (String state : STATES) {
                long rows = database.call(s -> s.number("SELECT COUNT(*) FROM run WHERE state = ?", state));
                assertThat(number(now, "thetascope_runs{state=\"" + state + "\"}"))
                        .as(state)
                        .isEqualTo((double) rows);
            }
            assertThat(number(now, "thetascope_oldest_queued_run_seconds")).isPositive();
            assertThat(number(now, "thetascope_outbox_events")).isZero();
            assertThat(number(now, "thetascope_gateway_ready")).isEqualTo(1);
            assertThat(number(
                            now,
                            "thetascope_consumer_lag_records{group=\"thetascope-gateway\",topic=\""
                                    + Topic.RUNS.topicName() + "\"}"))
                    .isZero();
        });
        assertThat(scrape().keySet())
                .anyMatch(name -> name.startsWith("http_server_requests_seconds_count{")
                        && name.contains("uri=\"/api/v1/studies/{id}\""))
                .noneMatch(name -> name.contains(study) || name.contains(base.get(0)));
    }

    @Test
    void anUnreadableRecordIsADeadLetterInTheScrapeAndSamplingWarnsOfNothing() {
        try (Warnings warnings = Warnings.of("org.apache.kafka")) {
            anUnreadableRecordIsADeadLetterInTheScrape();
            assertThat(warnings.messages)
                    .filteredOn(m -> m.contains("gateway-metrics"))
                    .isEmpty();
        }
    }

    private void anUnreadableRecordIsADeadLetterInTheScrape() {
        String kept = "thetascope_dead_letters{topic=\"" + Topic.EPOCHS.topicName() + "\"}";
        String sent = "thetascope_dead_letters_sent_total{topic=\"" + Topic.EPOCHS.topicName() + "\"}";
        Map<String, Double> before = afterSampling();
        publisher
                .send(new ProducerRecord<>(Topic.EPOCHS.topicName(), "who", new byte[] {1}))
                .join();
        await().atMost(PATIENCE).untilAsserted(() -> {
            Map<String, Double> now = scrape();
            assertThat(number(now, kept) - number(before, kept)).isEqualTo(1);
            assertThat(number(now, sent) - number(before, sent)).isEqualTo(1);
        });
    }

    /** Waits until Kafka has been asked. */
    private static Map<String, Double> afterSampling() {
        await().atMost(PATIENCE).until(() -> {
            Map<String, Double> now = scrape();
            return now.entrySet().stream()
                    .filter(e -> e.getKey().startsWith("thetascope_dead_letters{"))
                    .noneMatch(e -> Double.isNaN(e.getValue()));
        });
        return scrape();
    }

    private static double number(Map<String, Double> samples, String name) {
        assertThat(samples).containsKey(name);
        return samples.getOrDefault(name, Double.NaN);
    }

    private static Map<String, Double> scrape() {
        Map<String, Double> samples = new TreeMap<>();
        String text = given().accept("text/plain")
                .get("/q/metrics")
                .then()
                .statusCode(200)
                .extract()
                .asString();
        text.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            int space = line.lastIndexOf(' ');
            String name = line.substring(0, space).replace(",}", "}"); // some registries end labels with a comma
            samples.put(name, Double.parseDouble(line.substring(space + 1)));
        });
        return samples;
    }

    /** What a library complained about. */
    private static final class Warnings extends Handler implements AutoCloseable {
        private final List<String> messages = new CopyOnWriteArrayList<>();
        private final Logger logger;

        private Warnings(Logger logger) {
            this.logger = logger;
        }

        static Warnings of(String category) {
            Warnings warnings = new Warnings(Logger.getLogger(category));
            warnings.setLevel(Level.WARNING);
            warnings.logger.addHandler(warnings);
            return warnings;
        }

        @Override
        public void publish(LogRecord message) {
            if (isLoggable(message)) {
                messages.add(message.getMessage());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {
            logger.removeHandler(this);
        }
    }
}
