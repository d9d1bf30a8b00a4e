package io.thetascope.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.util.function.LongSupplier;
import java.util.stream.Stream;
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
 * minute without object store, leaving while one of them is away, a run that was given up. Each disturbs a study of its own,
 * whose numbers must be those of an undisturbed deployment to the last bit. Takes minutes, so it is run by hand ({@code -Prehearsal}); prints what it measured.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ResilienceRehearsal {
    private static final LongSupplier NANOS = System::nanoTime;
    private static final Duration LONG = Duration.ofMinutes(20);
    private static final Duration AT_WORK = Duration.ofMinutes(3);
    private static final Duration OUTAGE = Duration.ofSeconds(60);
    private static final List<String> SERVICES =
            List.of("perturbation-service", "trainer-service", "gateway", "analyzer-service");
    private static final List<String> TOPICS = List.of(
            "train-jobs", "analysis-jobs", "run-control", "studies", "epochs", "checkpoints", "runs", "analyses");

    // long enough for every service to be restarted while a run is trained and others wait for it
    private static final Study ROLLING = new Study(1, 60, 30);
    private static final Study WITHOUT_BROKER = new Study(2, 30, 15);
    private static final Study WITHOUT_STORE = new Study(3, 30, 15);
    private static final Study ALL_AT_ONCE = new Study(4, 30, 15);
    private static final Study GIVEN_UP = new Study(5, 6, 3);

    @TempDir
    static Path folder;

    private final ComposeFile compose;
    private final Map<Study, StudyNumbers> undisturbed = new HashMap<>();
    private Deployment system;
    private GatewayApi api;
    private DeadLetterDesk letters;

    /** A base run, a perturbed one and its twin. */
    private record Study(int seed, int epochs, int checkpointEvery) {
        String request() {
            return """
                    {"name":"rehearsal","networks":["lenet"],"datasets":["fashion-mnist"],"epochs":%d,"seeds":[%d],
                     "train":{"limit":400},"test":{"limit":100},"checkpoints":{"everyEpochs":%d},
                     "perturbations":["sign-flip"],"twins":["same-seed"]}""".formatted(epochs, seed, checkpointEvery);
        }
    }

    ResilienceRehearsal() throws IOException {
        compose = ComposeFile.read(Path.of(System.getProperty("thetascope.root"), "docker-compose.yml"), Map.of());
    }

    @BeforeAll
    void theNumbersOfAnUndisturbedDeployment() throws IOException {
        start("undisturbed");
        try {
            long begun = NANOS.getAsLong();
            Map<Study, String> ids = new LinkedHashMap<>();
            for (Study wanted : List.of(ROLLING, WITHOUT_BROKER, WITHOUT_STORE, ALL_AT_ONCE, GIVEN_UP)) {
                ids.put(wanted, submit(wanted));
            }
            for (Map.Entry<Study, String> study : ids.entrySet()) {
                api.completed(study.getValue(), LONG);
                undisturbed.put(study.getKey(), StudyNumbers.of(api, study.getValue()));
            }
            say("undisturbed: %d studies completed in %.1f s", ids.size(), seconds(begun));
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
            letters.sendUnreadable(topic);
        }
        long begun = NANOS.getAsLong();
        await().atMost(LONG).until(() -> TOPICS.stream().allMatch(t -> letters.count(t) >= DeadLetterDesk.KINDS));
        say(
                "unreadable: %d messages are dead letters after %.1f s",
                TOPICS.size() * DeadLetterDesk.KINDS, seconds(begun));
        // that the consumers went on is shown by the studies that follow, that it was once by the last test
    }

    @Test
    @Order(2)
    void aRollingRestartOfAllServicesChangesNoNumber() throws IOException {
        String study = submit(ROLLING);
        for (String service : SERVICES) {
            awaitAtWork(service, study);
            long begun = NANOS.getAsLong();
            Duration leaving = system.stop(service);
            system.restart(service);
            system.awaitReady(service);
            say("rolling: %s left in %.1f s, ready again after %.1f s", service, millis(leaving), seconds(begun));
        }
        completesWithTheSameNumbers(ROLLING, study);
    }

    @Test
    @Order(3)
    void aMinuteWithoutBrokerChangesNoNumber() throws IOException {
        outage(Deployment.KAFKA, WITHOUT_BROKER, SERVICES.toArray(String[]::new));
    }

    @Test
    @Order(4)
    void aMinuteWithoutObjectStoreChangesNoNumber() throws IOException {
        outage(
                Deployment.S3,
                WITHOUT_STORE,
                "trainer-service",
                "gateway"); // the others may have nothing to do meanwhile
    }

    @Test
    @Order(5)
    void everyServiceLeavesInTimeWhileTheBrokerOrTheStoreIsAway() throws IOException {
        String study = submit(ALL_AT_ONCE);
        for (String away : List.of(Deployment.KAFKA, Deployment.S3)) {
            awaitAtWork("trainer-service", study);
            system.stop(away);
            for (String service : SERVICES) {
                leavesInTime(service, away);
            }
            system.restart(away);
            system.awaitReady(away);
            for (String service : SERVICES) {
                system.restart(service);
            }
            SERVICES.forEach(system::awaitReady);
        }
        completesWithTheSameNumbers(ALL_AT_ONCE, study);
    }

    @Test
    @Order(6)
    void nothingWasDeadLetteredBesideTheGarbageAndThatOnce() {
        for (String topic : TOPICS) {
            assertThat(letters.count(topic)).as(topic).isEqualTo(DeadLetterDesk.KINDS);
        }
        assertThat(api.get("/dead-letters").path("items")).hasSize(TOPICS.size() * DeadLetterDesk.KINDS);
    }

    @Test
    @Order(7)
    void anUnreadableLetterSentAgainBecomesOneMoreLetter() {
        int before = letters.count("runs");
        String id = letters.of("runs", DeadLetterDesk.GARBAGE).path("id").asText();
        assertThat(letters.resend(id)).isEqualTo(202);
        await().atMost(LONG).until(() -> letters.count("runs") > before);
        assertThat(letters.count("runs")).isEqualTo(before + 1);
        assertThat(letters.resend(id)).as("a second time").isEqualTo(409);
        assertThat(letters.of("runs", DeadLetterDesk.GARBAGE).path("resentAt").asText())
                .isNotEmpty();
    }

    @Test
    @Order(8)
    void aRunThatWasGivenUpIsTrainedWhenItsLetterIsSentAgain() throws IOException {
        system.stop("trainer-service");
        String study = submit(GIVEN_UP);
        Path dataset = folder.resolve("disturbed/s3/thetascope/datasets");
        Path away = Files.move(dataset, folder.resolve("datasets-away"));
        forget(folder.resolve("disturbed/trainer-service/datasets"));
        system.restart("trainer-service");
        long begun = NANOS.getAsLong();
        JsonNode end = api.completed(study, LONG).path("runs");
        assertThat(end.path("failed").asInt()).as("failed").isEqualTo(1);
        assertThat(end.path("skipped").asInt()).as("skipped").isEqualTo(2);
        say("given up: the study without its data set ended after %.1f s", seconds(begun));

        Files.move(away, dataset);
        String run = api.get("/studies/" + study + "/runs?state=failed")
                .path("items")
                .path(0)
                .path("runId")
                .asText();
        JsonNode letter = letters.of("train-jobs", run);
        say(
                "given up: reason '%s', attempts %d",
                letter.path("reason").asText(), letter.path("attempts").asInt());
        assertThat(letters.resend(letter.path("id").asText())).isEqualTo(202);
        completesWithTheSameNumbers(GIVEN_UP, study);
    }

    private void leavesInTime(String service, String away) {
        Duration leaving = system.stop(service);
        say("%s is away: %s left in %.1f s", away, service, millis(leaving));
        assertThat(leaving)
                .as(service + " without " + away)
                .isLessThan(compose.stopGracePeriod(service.replace("-service", "")));
    }

    private void outage(String what, Study wanted, String... mustSay) throws IOException {
        String study = submit(wanted);
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
        completesWithTheSameNumbers(wanted, study);
        assertThat(saidSo).as("not ready meanwhile").containsKeys(mustSay);
    }

    private void completesWithTheSameNumbers(Study wanted, String study) throws IOException {
        JsonNode end = api.completed(study, LONG);
        assertThat(end.path("runs").path("finished").asInt())
                .isEqualTo(end.path("runs").path("planned").asInt());
        assertThat(end.path("analyses").path("measured").asInt())
                .isEqualTo(end.path("analyses").path("planned").asInt());
        StudyNumbers now = StudyNumbers.of(api, study);
        StudyNumbers expected = Objects.requireNonNull(undisturbed.get(wanted));
        assertThat(now.checkpoints()).isNotEmpty().isEqualTo(expected.checkpoints());
        expected.sections()
                .forEach((name, numbers) -> assertThat(now.sections().get(name))
                        .as(name)
                        .isNotEmpty()
                        .isEqualTo(numbers));
        say(
                "seed %d: %d checkpoints and %d analyses are those of the undisturbed deployment; runs were started %d"
                        + " times, jobs queued %d",
                wanted.seed(),
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
        await().atMost(AT_WORK).pollInterval(Duration.ofMillis(20)).until(() -> isHeld(jobs));
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

    private String submit(Study study) {
        GatewayApi.Answer answer = api.post("/studies", "application/json", study.request());
        assertThat(answer.status()).isEqualTo(202);
        return answer.body().path("studyId").asText();
    }

    private static void forget(Path cache) throws IOException {
        try (Stream<Path> files = Files.list(cache)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
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
        letters = new DeadLetterDesk(api, system.bootstrapServers());
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
