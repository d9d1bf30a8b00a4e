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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged services through what an operator fears: unreadable messages, a rolling restart, a minute without broker, a
 * minute without object store. Each disturbs a study of its own, whose numbers must be those of an undisturbed deployment to
 * the last bit. Takes minutes, so it is run by hand ({@code -Prehearsal}); prints what it measured.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ResilienceRehearsal {
    private static final LongSupplier NANOS = System::nanoTime;
    private static final Duration LONG = Duration.ofMinutes(20);
    private static final Duration OUTAGE = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> SERVICES =
            List.of("perturbation-service", "trainer-service", "gateway", "analyzer-service");
    private static final List<String> TOPICS = List.of(
            "train-jobs", "analysis-jobs", "run-control", "studies", "epochs", "checkpoints", "runs", "analyses");
    private static final int KINDS_OF_GARBAGE = 3;

    @TempDir
    static Path folder;

    private final Map<Integer, Numbers> undisturbed = new HashMap<>();
    private Deployment system;
    private GatewayApi api;

    /** All that a study measured, and what its checkpoints are made of. */
    private record Numbers(Map<String, JsonNode> sections, List<String> checkpoints) {}

    @BeforeAll
    void theNumbersOfAnUndisturbedDeployment() throws IOException {
        start("undisturbed");
        try {
            for (int seed = 1; seed <= 3; seed++) {
                long begun = NANOS.getAsLong();
                String study = submit(seed);
                api.completed(study, LONG);
                undisturbed.put(seed, numbers(study));
                say("undisturbed: study of seed %d completed in %.1f s", seed, seconds(begun));
            }
        } finally {
            system.close();
        }
        start("disturbed");
    }

    @AfterAll
    void stop() {
        if (system != null) { // its start may have failed
            system.close();
        }
    }

    @Test
    @Order(1)
    void unreadableMessagesBecomeDeadLettersOnceAndEveryConsumerGoesOn() {
        for (String topic : TOPICS) {
            sendGarbage("thetascope." + topic + ".v1");
        }
        long begun = NANOS.getAsLong();
        await().atMost(LONG).until(() -> TOPICS.stream().allMatch(t -> letters(t) >= KINDS_OF_GARBAGE));
        say("unreadable: %d messages are dead letters after %.1f s", TOPICS.size() * KINDS_OF_GARBAGE, seconds(begun));
        // that the consumers went on is shown by the studies that follow, that it was once by the last test
    }

    @Test
    @Order(2)
    void aRollingRestartOfAllServicesChangesNoNumber() throws IOException {
        String study = submit(1);
        for (String service : SERVICES) {
            awaitAtWork(service, study);
            long begun = NANOS.getAsLong();
            Duration leaving = system.stop(service);
            system.restart(service);
            system.awaitReady(service);
            say("rolling: %s left in %.1f s, ready again after %.1f s", service, millis(leaving), seconds(begun));
        }
        completesWithTheSameNumbers(1, study);
    }

    @Test
    @Order(3)
    void aMinuteWithoutBrokerChangesNoNumber() throws IOException {
        outage(Deployment.KAFKA, 2, SERVICES.toArray(String[]::new));
    }

    @Test
    @Order(4)
    void aMinuteWithoutObjectStoreChangesNoNumber() throws IOException {
        outage(Deployment.S3, 3, "trainer-service", "gateway"); // the others may have nothing to do meanwhile
    }

    @Test
    @Order(5)
    void nothingWasDeadLetteredBesideTheGarbageAndThatOnce() {
        for (String topic : TOPICS) {
            assertThat(letters(topic)).as(topic).isEqualTo(KINDS_OF_GARBAGE);
        }
        assertThat(api.get("/dead-letters").path("items")).hasSize(TOPICS.size() * KINDS_OF_GARBAGE);
    }

    private void outage(String what, int seed, String... mustSay) throws IOException {
        String study = submit(seed);
        awaitAtWork("trainer-service", study);
        system.stop(what);
        Map<String, Double> saidSo = new LinkedHashMap<>();
        long begun = NANOS.getAsLong();
        await().atMost(OUTAGE.multipliedBy(2))
                .pollInterval(Duration.ofMillis(250))
                .until(() -> {
                    SERVICES.stream()
                            .filter(service -> !saidSo.containsKey(service) && !system.isReady(service))
                            .forEach(service -> saidSo.put(service, seconds(begun)));
                    return NANOS.getAsLong() - begun >= OUTAGE.toNanos();
                });
        say("%s away for %.1f s; not ready, after so many seconds: %s", what, seconds(begun), saidSo);
        int before = measured();
        long back = NANOS.getAsLong();
        system.restart(what);
        system.awaitReady(what);
        say("%s takes connections again after %.1f s", what, seconds(back));
        SERVICES.forEach(system::awaitReady);
        say("%s: all services are ready %.1f s after it was started again", what, seconds(back));
        await().atMost(LONG).until(() -> measured() > before);
        say("%s: the next measurement came %.1f s after it was started again", what, seconds(back));
        completesWithTheSameNumbers(seed, study);
        assertThat(saidSo).as("not ready meanwhile").containsKeys(mustSay);
    }

    private void completesWithTheSameNumbers(int seed, String study) throws IOException {
        JsonNode end = api.completed(study, LONG);
        assertThat(end.path("runs").path("finished").asInt())
                .isEqualTo(end.path("runs").path("planned").asInt());
        assertThat(end.path("analyses").path("measured").asInt())
                .isEqualTo(end.path("analyses").path("planned").asInt());
        Numbers now = numbers(study);
        Numbers expected = Objects.requireNonNull(undisturbed.get(seed));
        assertThat(now.checkpoints()).isNotEmpty().isEqualTo(expected.checkpoints());
        expected.sections()
                .forEach((name, numbers) -> assertThat(now.sections().get(name))
                        .as(name)
                        .isNotEmpty()
                        .isEqualTo(numbers));
        say(
                "seed %d: %d checkpoints and %d analyses are those of the undisturbed deployment; runs were started %d"
                        + " times, jobs queued %d",
                seed,
                now.checkpoints().size(),
                end.path("analyses").path("measured").asInt(),
                of("runs", study, "RunStarted"),
                of("train-jobs", study, "TrainJob"));
    }

    /** Counts the records of a type that belong to the study's runs. */
    private long of(String topic, String study, String type) {
        List<String> runs = new ArrayList<>();
        api.get("/studies/" + study + "/runs")
                .path("items")
                .forEach(run -> runs.add(run.path("runId").asText()));
        return TopicReader.all(system.bootstrapServers(), "thetascope." + topic + ".v1").stream()
                .filter(r -> runs.contains(r.key()))
                .filter(r -> r.headers().lastHeader("ce_type") != null
                        && new String(r.headers().lastHeader("ce_type").value(), StandardCharsets.UTF_8)
                                .contains("." + type + "."))
                .count();
    }

    /** Waits until a service holds a job of the study, or for one that takes no jobs, until a job is held. */
    private void awaitAtWork(String service, String study) {
        String jobs = service.equals("analyzer-service") ? "analyses" : "runs";
        await().atMost(LONG).pollInterval(Duration.ofMillis(20)).until(() -> isHeld(jobs));
        assertThat(api.get("/studies/" + study).path("state").asText())
                .as("the study while " + service + " is at work")
                .isEqualTo("running");
    }

    /** Owners come and go within milliseconds, so a file may vanish while it is looked for. */
    private boolean isHeld(String jobs) throws IOException {
        Path all = folder.resolve("disturbed/s3/thetascope").resolve(jobs);
        if (!Files.isDirectory(all)) {
            return false;
        }
        try (Stream<Path> folders = Files.list(all)) {
            return folders.anyMatch(job -> Files.exists(job.resolve("owner.json")));
        }
    }

    private Numbers numbers(String study) throws IOException {
        JsonNode report = JSON.readTree(api.bytes("/studies/" + study + "/report", "application/json"));
        Map<String, JsonNode> sections = new LinkedHashMap<>();
        for (String name : List.of("runs", "movement", "features", "order", "laziness", "integrity", "comparisons")) {
            sections.put(name, report.path(name));
        }
        List<String> checkpoints = new ArrayList<>();
        for (JsonNode run : api.get("/studies/" + study + "/runs").path("items")) {
            String id = run.path("runId").asText();
            api.get("/runs/" + id + "/checkpoints")
                    .path("items")
                    .forEach(c -> checkpoints.add(id + " " + c.path("step").asText() + " "
                            + c.path("sha256").asText()));
        }
        return new Numbers(sections, checkpoints);
    }

    private String submit(int seed) {
        String study = """
                {"name":"rehearsal","networks":["lenet"],"datasets":["fashion-mnist"],"epochs":12,"seeds":[%d],
                 "train":{"limit":1000},"test":{"limit":200},"checkpoints":{"everyEpochs":6},
                 "perturbations":["sign-flip"],"twins":["same-seed"]}""".formatted(seed);
        GatewayApi.Answer answer = api.post("/studies", "application/json", study);
        assertThat(answer.status()).isEqualTo(202);
        return answer.body().path("studyId").asText();
    }

    private void sendGarbage(String topic) {
        ProducerRecord<String, byte[]> wrongType =
                new ProducerRecord<>(topic, "wrong-type", "[1, 2]".getBytes(StandardCharsets.UTF_8));
        wrongType.headers().add("ce_type", "io.thetascope.RunFinished.v1".getBytes(StandardCharsets.UTF_8));
        List<ProducerRecord<String, byte[]>> garbage = List.of(
                new ProducerRecord<>(topic, "garbage", new byte[] {(byte) 0xff, 0, 1, 2}),
                wrongType,
                new ProducerRecord<>(topic, "no-headers", "{}".getBytes(StandardCharsets.UTF_8)));
        try (Producer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", system.bootstrapServers()),
                new StringSerializer(),
                new ByteArraySerializer())) {
            for (ProducerRecord<String, byte[]> message : garbage) {
                producer.send(message).get();
            }
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException("not sent to " + topic, e);
        }
    }

    private int letters(String topic) {
        return TopicReader.all(system.bootstrapServers(), "thetascope." + topic + ".v1.dlq")
                .size();
    }

    /** Counts the measurements of all studies that the gateway knows of; it answers that from its database. */
    private int measured() {
        int measured = 0;
        for (JsonNode study : api.get("/studies").path("items")) {
            measured += study.path("analyses").path("measured").asInt();
        }
        return measured;
    }

    private void start(String name) throws IOException {
        Path dir = folder.resolve(name);
        system = Deployment.infrastructure(dir);
        try {
            for (String service : SERVICES) {
                system.start(service, environment(dir.resolve(service)));
            }
            SERVICES.forEach(system::awaitReady);
        } catch (IOException | RuntimeException e) {
            system.closeAfter(e);
            throw e;
        }
        api = new GatewayApi(system.url("gateway"));
    }

    /** What the launcher gives the services, as environment variables; each has a folder of its own. */
    private Map<String, String> environment(Path own) {
        Map<String, String> environment = new HashMap<>();
        environment.put("KAFKA_BOOTSTRAP_SERVERS", system.bootstrapServers());
        environment.put("THETASCOPE_STORE_ENDPOINT", system.store().toString());
        environment.put("THETASCOPE_STORE_ACCESS_KEY", "thetascope");
        environment.put("THETASCOPE_STORE_SECRET_KEY", "thetascope-local");
        environment.put("THETASCOPE_STORE_BUCKET", "thetascope");
        environment.put("THETASCOPE_DOWNLOAD", "false");
        environment.put("THETASCOPE_GATEWAY_DATABASE", own.resolve("read-model").toString());
        environment.put("THETASCOPE_CACHE_DIR", own.toString());
        environment.put("THETASCOPE_TRAINER_CACHE_DIR", own.toString());
        environment.put("THETASCOPE_ANALYZER_CACHE_DIR", own.toString());
        environment.put("THETASCOPE_PERTURBATION_WORK_DIR", own.toString());
        environment.put("OMP_WAIT_POLICY", "PASSIVE");
        environment.put("MALLOC_ARENA_MAX", "2");
        environment.put("JDK_JAVA_OPTIONS", "-Xmx512m -XX:+UseSerialGC -XX:MaxDirectMemorySize=1536m");
        return environment;
    }

    private static double seconds(long since) {
        return millis(Duration.ofNanos(NANOS.getAsLong() - since));
    }

    private static double millis(Duration time) {
        return time.toMillis() / 1000.0;
    }

    private static void say(String format, Object... values) {
        System.out.printf("rehearsal | " + format + "%n", values);
    }
}
