package io.thetascope.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What an operator sees of one study on a fresh system whose services were never restarted, logging as in containers. */
final class ObservedStudy {
    /** The gateway looks every ten seconds. */
    private static final Duration SAMPLED = Duration.ofSeconds(60);

    private static final List<String> READ_BY_THE_GATEWAY =
            List.of("studies", "epochs", "checkpoints", "runs", "analyses", "run-control");
    private static final List<String> READ_BY_WORKERS_ALONE = List.of("train-jobs", "analysis-jobs");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final RunningSystem system;
    private final String studyId;

    ObservedStudy(RunningSystem system, String studyId) {
        this.system = system;
        this.studyId = studyId;
    }

    void scrapedNumbersEqualTheFacts() {
        JsonNode study = system.get("/studies/" + studyId);
        await().atMost(SAMPLED).pollInterval(Duration.ofSeconds(2)).untilAsserted(() -> {
            List<Sample> all = system.scrape();
            theReadModelIsShown(all, study);
            nobodyIsBehindAndNothingWasGivenUp(all);
        });
        List<Sample> all = system.scrape();
        theTrainersCountedTheirRunsAndCheckpoints(all);
        everyEventIsCountedWhereItWasSentAndTaken(all);
    }

    private static void theReadModelIsShown(List<Sample> all, JsonNode study) {
        study.path("runs").properties().forEach(state -> {
            if (!state.getKey().equals("planned")) {
                assertThat(sum(all, "thetascope_runs", s -> s.has("state", state.getKey())))
                        .as(state.getKey())
                        .isEqualTo(state.getValue().asDouble());
            }
        });
        assertThat(sum(all, "thetascope_analyses", s -> s.has("state", "measured")))
                .isEqualTo(study.path("analyses").path("measured").asDouble());
        assertThat(sum(all, "thetascope_studies", s -> s.has("state", "completed")))
                .isEqualTo(1);
        assertThat(sum(all, "thetascope_gateway_ready", s -> true)).isEqualTo(1);
    }

    private static void nobodyIsBehindAndNothingWasGivenUp(List<Sample> all) {
        for (String zero : List.of(
                "thetascope_queue_lag_records",
                "thetascope_queue_oldest_seconds",
                "thetascope_consumer_lag_records",
                "thetascope_dead_letters",
                "thetascope_outbox_events",
                "thetascope_worker_busy",
                "thetascope_consumer_paused",
                "thetascope_oldest_queued_run_seconds")) {
            assertThat(all).filteredOn(s -> s.name().equals(zero)).isNotEmpty();
            assertThat(sum(all, zero, s -> true)).as(zero).isZero();
        }
    }

    private void theTrainersCountedTheirRunsAndCheckpoints(List<Sample> all) {
        List<JsonNode> runs = runs();
        List<JsonNode> checkpoints = checkpointsOfTrainers();
        assertThat(sum(all, "thetascope_trainer_checkpoint_size_bytes_count", s -> true))
                .isEqualTo(checkpoints.size());
        assertThat(sum(all, "thetascope_trainer_checkpoint_size_bytes_sum", s -> true))
                .isEqualTo(checkpoints.stream()
                        .mapToDouble(c -> c.path("bytes").asLong())
                        .sum());
        assertThat(sum(all, "thetascope_trainer_stall_seconds_count", s -> s.has("cause", "checkpoint")))
                .isEqualTo(checkpoints.size());
        assertThat(sum(all, "thetascope_trainer_steps_total", s -> true))
                .isEqualTo(
                        runs.stream().mapToDouble(r -> r.path("step").asLong()).sum());
        assertThat(sum(all, "thetascope_trainer_runs_ended_total", s -> s.has("outcome", "finished")))
                .isEqualTo(runs.size());
        assertThat(sum(all, "thetascope_perturbation_children_written_total", s -> true))
                .isEqualTo((double) runs.stream()
                        .filter(r -> r.path("generation").asInt() == 1)
                        .count());
    }

    private void everyEventIsCountedWhereItWasSentAndTaken(List<Sample> all) {
        Map<String, Long> published = published();
        assertThat(byEvent(all)).isEqualTo(published);
        assertThat(sum(all, "thetascope_analyzer_analyses_total", s -> true))
                .isEqualTo(published.getOrDefault("AnalysisCompleted", 0L).doubleValue());
        for (String topic : READ_BY_THE_GATEWAY) {
            assertThat(sum(
                            all,
                            "thetascope_events_consumed_total",
                            s -> s.service().equals("gateway")
                                    && s.has("topic", "thetascope." + topic + ".v1")
                                    && s.has("outcome", "handled")))
                    .as(topic)
                    .isEqualTo((double) records(topic).stream()
                            .filter(record -> record.value() != null)
                            .count());
        }
    }

    void everyNameInRulesAndDashboardsIsExported() throws IOException {
        Set<String> exported =
                system.scrape().stream().map(Sample::name).collect(Collectors.toCollection(TreeSet::new));
        exported.addAll(Observability.ON_GPUS_ALONE);
        assertThat(Observability.usedNames()).isNotEmpty().isSubsetOf(exported);
    }

    void logsAreJsonAndSayWhoseTheyAre(String trace) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (Map.Entry<String, Path> log : system.logs().entrySet()) {
            List<String> texts = Files.readAllLines(log.getValue());
            assertThat(texts).as(log.getKey()).isNotEmpty().allMatch(line -> line.startsWith("{"));
            assertThat(texts).noneMatch(line -> line.contains("thetascope-local")); // the store's secret key
            for (String text : texts) {
                lines.add(JSON.readTree(text));
            }
        }
        assertThat(lines).allMatch(l -> l.hasNonNull("timestamp") && l.hasNonNull("level") && l.has("message"));
        says(lines, "run ended ", "runId", "r");
        says(lines, "run ended ", "attempt", "");
        says(lines, "retraining queued ", "runId", "r"); // the parent, whose end caused it
        says(lines, "analysis measured ", "analysisId", "a");
        says(lines, "analysis measured ", "traceId", trace);
        assertThat(lines)
                .filteredOn(l -> l.path("message").asText().startsWith("trainer takes jobs"))
                .isNotEmpty()
                .allMatch(l -> l.path("mdc").path("runId").isMissingNode());
    }

    private static void says(List<JsonNode> lines, String event, String key, String prefix) {
        assertThat(lines)
                .filteredOn(l -> l.path("message").asText().startsWith(event))
                .isNotEmpty()
                .allMatch(l -> l.path("mdc").hasNonNull(key)
                        && l.path("mdc").path(key).asText().startsWith(prefix));
    }

    private static double sum(List<Sample> samples, String name, Predicate<Sample> which) {
        return samples.stream()
                .filter(s -> s.name().equals(name))
                .filter(which)
                .mapToDouble(Sample::value)
                .sum();
    }

    private static Map<String, Long> byEvent(List<Sample> samples) {
        return samples.stream()
                .filter(s -> s.name().equals("thetascope_events_published_total") && s.has("outcome", "acknowledged"))
                .collect(Collectors.groupingBy(
                        s -> s.labels().get("event"), TreeMap::new, Collectors.summingLong(s -> (long) s.value())));
    }

    /** How many records of each event lie in all topics. */
    private Map<String, Long> published() {
        List<String> topics = new ArrayList<>(READ_BY_THE_GATEWAY);
        topics.addAll(READ_BY_WORKERS_ALONE);
        return topics.stream()
                .flatMap(topic -> records(topic).stream())
                .map(r -> new String(r.headers().lastHeader("ce_type").value(), StandardCharsets.UTF_8))
                .collect(Collectors.groupingBy(
                        type -> type.replaceAll("io\\.thetascope\\.|\\.v1", ""), TreeMap::new, Collectors.counting()));
    }

    private List<ConsumerRecord<String, String>> records(String topic) {
        return TopicReader.all(system.bootstrapServers(), "thetascope." + topic + ".v1");
    }

    private List<JsonNode> runs() {
        List<JsonNode> runs = new ArrayList<>();
        system.get("/studies/" + studyId + "/runs").path("items").forEach(runs::add);
        return runs;
    }

    /** The starting point of a retraining is written by the perturbation service. */
    private List<JsonNode> checkpointsOfTrainers() {
        List<JsonNode> checkpoints = new ArrayList<>();
        for (JsonNode run : runs()) {
            for (JsonNode checkpoint : system.get("/runs/" + run.path("runId").asText() + "/checkpoints")
                    .path("items")) {
                if (run.path("generation").asInt() == 0
                        || checkpoint.path("step").asInt() > 0) {
                    checkpoints.add(checkpoint);
                }
            }
        }
        return checkpoints;
    }
}
