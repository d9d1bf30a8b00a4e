package io.thetascope.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** One small study through the packaged system, disturbed, and once more undisturbed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StudyST {
    private static final Duration LONG = Duration.ofMinutes(4);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String STUDY = """
        {"name":"system test","networks":["lenet"],"datasets":["fashion-mnist"],"epochs":4,
         "train":{"limit":2000},"test":{"limit":400},"checkpoints":{"everyEpochs":2},
         "perturbations":["sign-flip","epsilon"]}\
        """;
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String CALLER = "00-" + TRACE + "-00f067aa0ba902b7-01";
    private static final String RUNS = "thetascope.runs.v1";

    @TempDir
    static Path homes;

    private RunningSystem system;
    private String studyId = "";

    @BeforeAll
    void start() throws IOException {
        system = RunningSystem.start(homes.resolve("disturbed"));
    }

    @AfterAll
    void stop() {
        system.close();
    }

    @Test
    @Order(1)
    void badInputIsRefusedWithEveryProblemAndNothingIsQueued() {
        GatewayApi.Answer answer = system.post(
                "/studies",
                "application/json",
                "{\"networks\":[\"alexnet\"],\"datasets\":[\"imagenet\"],\"epochs\":-1,\"train\":{\"batch\":0}}");
        assertThat(answer.status()).isEqualTo(400);
        List<String> fields = new ArrayList<>();
        answer.body().path("problems").forEach(p -> fields.add(p.path("field").asText()));
        assertThat(fields).hasSizeGreaterThanOrEqualTo(4);
        assertThat(system.post("/studies", "application/json", "{\"networks\":").status())
                .isEqualTo(400);
        assertThat(system.post("/studies", "application/json", STUDY.replace("\"epochs\":4", "\"epochs\":1000000000"))
                        .status())
                .isEqualTo(400);
        assertThat(system.get("/studies").path("items")).isEmpty();
        assertThat(TopicReader.all(system.bootstrapServers(), "thetascope.train-jobs.v1"))
                .isEmpty();
    }

    @Test
    @Order(2)
    void aStudyCompletesThoughTrainersAndTheAnalyzerAreKilledAtWork() {
        GatewayApi.Answer answer = system.postTraced("/studies", STUDY, CALLER);
        assertThat(answer.status()).isEqualTo(202);
        studyId = answer.body().path("studyId").asText();

        await().atMost(LONG).until(() -> !started().isEmpty());
        List<ProcessHandle> trainers = system.processes("trainer-service");
        assertThat(trainers).hasSize(2);
        trainers.forEach(ProcessHandle::destroyForcibly); // only one holds the run; both gone is the harder case
        for (int kill = 0; kill < 2; kill++) {
            int measured = measured();
            await().atMost(LONG).until(() -> measured() > measured && anAnalysisIsHeld());
            system.processes("analyzer-service").forEach(ProcessHandle::destroyForcibly);
        }

        JsonNode study = system.completed(studyId, LONG);
        assertThat(study.path("runs").path("finished").asInt()).isEqualTo(5);
        assertThat(study.path("analyses").path("measured").asInt())
                .isEqualTo(study.path("analyses").path("planned").asInt());
        assertThat(started().size()).as("the killed run started again").isGreaterThan(5);
        everyRecordCarriesTheCallersTraceThoughNobodyTraces();
    }

    private void everyRecordCarriesTheCallersTraceThoughNobodyTraces() {
        for (String name :
                List.of("train-jobs", "analysis-jobs", "studies", "epochs", "checkpoints", "runs", "analyses")) {
            List<ConsumerRecord<String, String>> records =
                    TopicReader.all(system.bootstrapServers(), "thetascope." + name + ".v1");
            assertThat(records)
                    .as(name)
                    .isNotEmpty()
                    .allSatisfy(
                            record -> assertThat(header(record, "traceparent")).isEqualTo(CALLER));
        }
    }

    @Test
    @Order(3)
    void anUndisturbedSystemGivesTheSameNumbersAndItsScrapeLogsAndTraceTellTheFacts() throws IOException {
        JsonNode disturbed = report(system);
        Path home = homes.resolve("undisturbed");
        try (TraceReceiver traces = TraceReceiver.start();
                RunningSystem other = RunningSystem.start(home, asInContainers(traces))) {
            assertThat(other.postTraced("/studies", STUDY, CALLER)
                            .body()
                            .path("studyId")
                            .asText())
                    .isEqualTo(studyId);
            other.completed(studyId, LONG);
            JsonNode undisturbed = report(other);
            for (String section :
                    List.of("runs", "movement", "features", "order", "laziness", "integrity", "comparisons")) {
                assertThat(undisturbed.path(section)).as(section).isNotEmpty().isEqualTo(disturbed.path(section));
            }
            ObservedStudy observed = new ObservedStudy(other, studyId);
            observed.scrapedNumbersEqualTheFacts();
            observed.everyNameInRulesAndDashboardsIsExported();
            observed.logsAreJsonAndSayWhoseTheyAre(TRACE);
            oneTraceJoinsTheRequestWithEveryAnalysis(traces, other);
        }
    }

    private static Map<String, String> asInContainers(TraceReceiver traces) {
        Map<String, String> settings = new HashMap<>(traces.settings());
        settings.put("QUARKUS_LOG_CONSOLE_JSON_ENABLED", "true");
        return settings;
    }

    private void oneTraceJoinsTheRequestWithEveryAnalysis(TraceReceiver traces, RunningSystem other)
            throws IOException {
        int analyses = other.get("/studies/" + studyId)
                .path("analyses")
                .path("measured")
                .asInt();
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            TraceTree soFar = traces.trace(TRACE);
            return soFar.sending("AnalysisCompleted").size() >= analyses
                    && soFar.sending("StudyCompleted").size() == 1
                    && soFar.roots().size() == 1;
        });
        TraceTree trace = traces.trace(TRACE);
        TracedSpan request = trace.roots().get(0);
        assertThat(request.name()).isEqualTo("POST /api/v1/studies");
        assertThat(request.service()).isEqualTo("thetascope-gateway");
        assertThat(request.kind()).isEqualTo("SERVER");
        assertThat(CALLER).contains(request.parentSpanId());
        List<List<TracedSpan>> chains =
                trace.sending("AnalysisCompleted").stream().map(trace::chain).toList();
        assertThat(chains).allSatisfy(chain -> assertThat(chain.get(0)).isEqualTo(request));
        List<TracedSpan> longest =
                chains.stream().max(Comparator.comparing(List::size)).orElseThrow();
        assertThat(services(longest))
                .containsExactly(
                        "thetascope-gateway",
                        "thetascope-trainer",
                        "perturbation",
                        "thetascope-trainer",
                        "thetascope-analyzer");
        assertThat(trace.spans())
                .extracting(TracedSpan::name)
                .contains("train run", "write checkpoint", "perturb", "measure movement");
        Files.writeString(
                Path.of("target", "trace.txt"), TraceTree.text(longest) + System.lineSeparator() + trace.text());
    }

    private static List<String> services(List<TracedSpan> chain) {
        List<String> services = new ArrayList<>();
        chain.stream()
                .map(TracedSpan::service)
                .filter(service ->
                        services.isEmpty() || !services.get(services.size() - 1).equals(service))
                .forEach(services::add);
        return services;
    }

    @Test
    @Order(4)
    void theSameStudyAgainAndAnotherThatSharesItsRunsTrainNothingTwice() {
        int before = started().size();
        GatewayApi.Answer again = system.post("/studies", "application/json", STUDY.replace("system test", "again"));
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.body().path("studyId").asText()).isEqualTo(studyId);

        String wider = STUDY.replace("\"epsilon\"", "\"epsilon\",{\"kind\":\"epsilon\",\"value\":0.001}");
        String widerId = system.post("/studies", "application/json", wider)
                .body()
                .path("studyId")
                .asText();
        assertThat(system.completed(widerId, LONG).path("runs").path("finished").asInt())
                .isEqualTo(6);
        assertThat(started()).hasSize(before + 1);
    }

    @Test
    @Order(5)
    void distancesAreThoseOfTheDownloadedCheckpoints() {
        for (JsonNode run : system.get("/studies/" + studyId + "/runs").path("items")) {
            String id = run.path("runId").asText();
            for (JsonNode item : system.get("/runs/" + id + "/movement").path("items")) {
                float[] start = weights(id, 0);
                float[] end = weights(id, item.path("toStep").asInt());
                double sum = 0;
                for (int i = 0; i < end.length; i++) {
                    double moved = (double) end[i] - start[i];
                    sum += moved * moved;
                }
                double ours = item.path("distanceFromStart").asDouble();
                assertThat(Math.abs(ours - Math.sqrt(sum)) / Math.sqrt(sum)).isLessThan(1e-9);
            }
        }
    }

    @Test
    @Order(6)
    void everyTopicIsReadableByAPlainConsumer() throws IOException {
        for (String name : List.of(
                "train-jobs", "analysis-jobs", "run-control", "studies", "epochs", "checkpoints", "runs", "analyses")) {
            List<ConsumerRecord<String, String>> records =
                    TopicReader.all(system.bootstrapServers(), "thetascope." + name + ".v1");
            assertThat(records).as(name).isNotEmpty();
            for (ConsumerRecord<String, String> record : records) {
                assertThat(header(record, "ce_specversion")).isEqualTo("1.0");
                assertThat(header(record, "ce_type"))
                        .startsWith("io.thetascope.")
                        .endsWith(".v1");
                assertThat(header(record, "ce_source")).startsWith("/thetascope/");
                assertThat(header(record, "ce_subject")).isEqualTo(record.key());
                assertThat(header(record, "content-type")).isEqualTo("application/json");
                assertThat(JSON.readTree(record.value()).isObject()).isTrue();
            }
            assertThat(TopicReader.all(system.bootstrapServers(), "thetascope." + name + ".v1.dlq"))
                    .as("dead letters of " + name)
                    .isEmpty();
        }
    }

    @Test
    @Order(7)
    void theReportComesInThreeFormats() {
        String path = "/studies/" + studyId + "/report";
        assertThat(text(path, "text/html")).startsWith("<!DOCTYPE html>").contains("system test");
        assertThat(text(path, "text/csv").lines()).hasSize(6);
    }

    @Test
    @Order(8)
    void aKilledLauncherLeavesNoProcessBehindAndItsHomeServesAgain() throws IOException {
        List<ProcessHandle> children = system.children();
        assertThat(children).hasSizeGreaterThanOrEqualTo(5);
        system.killLauncher();
        await().atMost(Duration.ofSeconds(40)).until(() -> children.stream().noneMatch(ProcessHandle::isAlive));

        system = RunningSystem.start(homes.resolve("disturbed"));
        assertThat(system.get("/studies/" + studyId).path("state").asText()).isEqualTo("completed");
    }

    @Test
    @Order(9)
    void aCheckpointThatIsDamagedIsNamedAndNothingOfItIsPublished() throws IOException {
        // Given
        String run = system.get("/studies/" + studyId + "/runs")
                .path("items")
                .path(0)
                .path("runId")
                .asText();
        JsonNode sound = system.get("/runs/" + run + "/integrity");
        assertThat(sound.path("sound").asBoolean()).isTrue();
        int items = system.get("/runs/" + run + "/movement").path("items").size();
        JsonNode last = sound.path("checkpoints").path(items);

        // When a bit turns over and the run is audited again
        String key = last.path("key").asText();
        byte[] bytes = system.objects().get(key);
        bytes[bytes.length - 1] ^= 1;
        system.objects().put(key, bytes);
        assertThat(system.post("/runs/" + run + "/analyses", "application/json", "{\"measures\":[\"integrity\"]}")
                        .status())
                .isEqualTo(202);
        await().atMost(LONG)
                .until(() ->
                        !system.get("/runs/" + run + "/integrity").path("sound").asBoolean());

        // Then
        JsonNode damaged = system.get("/runs/" + run + "/integrity").path("damaged");
        assertThat(damaged.findValuesAsText("step"))
                .containsExactly(last.path("step").asText());
        JsonNode movement = system.get("/runs/" + run + "/movement");
        assertThat(movement.path("items")).hasSize(items - 1);
        assertThat(movement.has("pathLength")).isFalse();
        assertThat(system.get("/runs/" + run + "/order").path("outcome").asText())
                .isEqualTo("withheld");
        for (JsonNode comparison :
                system.get("/studies/" + studyId + "/comparisons").path("items")) {
            boolean reads = comparison.path("left").path("runId").asText().equals(run);
            assertThat(comparison.has("distance")).as("%s", comparison).isNotEqualTo(reads);
        }
    }

    private int measured() {
        return system.get("/studies/" + studyId)
                .path("analyses")
                .path("measured")
                .asInt();
    }

    private boolean anAnalysisIsHeld() throws IOException {
        return system.objects().keys("analyses/").stream().anyMatch(key -> key.endsWith("/owner.json"));
    }

    private List<ConsumerRecord<String, String>> started() {
        return TopicReader.all(system.bootstrapServers(), RUNS).stream()
                .filter(r -> header(r, "ce_type").equals("io.thetascope.RunStarted.v1"))
                .toList();
    }

    private JsonNode report(RunningSystem from) throws IOException {
        return JSON.readTree(from.bytes("/studies/" + studyId + "/report", "application/json"));
    }

    private String text(String path, String accept) {
        return new String(system.bytes(path, accept), StandardCharsets.UTF_8);
    }

    private static String header(ConsumerRecord<String, String> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    /** Reads all floats of a LeNet checkpoint, which has nothing else; written apart from the product's reader. */
    private float[] weights(String runId, int step) {
        ByteBuffer file = ByteBuffer.wrap(
                        system.bytes("/runs/" + runId + "/checkpoints/" + step, "application/octet-stream"))
                .order(ByteOrder.LITTLE_ENDIAN);
        file.position(Math.toIntExact(Long.BYTES + file.getLong()));
        FloatBuffer floats = file.slice().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
        float[] weights = new float[floats.remaining()];
        floats.get(weights);
        return weights;
    }
}
