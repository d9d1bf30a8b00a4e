package io.thetascope.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small cell of every network but LeNet through the packaged system. */
class NetworksST {
    private static final Duration LONG = Duration.ofMinutes(8);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String RESNET = """
            {"networks":["resnet18"],"datasets":["fashion-mnist"],"optimizers":["adam"],"epochs":3,
             "train":{"limit":320,"batch":32},"test":{"limit":64},"checkpoints":{"everyEpochs":1},
             "perturbations":["sign-flip"],"twins":["same-seed"]}""";
    private static final String OTHERS = """
            {"networks":["resnet18-cifar","vgg19","vgg19-small"],"datasets":["fashion-mnist"],"epochs":1,
             "train":{"limit":32,"batch":16},"test":{"limit":32},"comparisons":"none"}""";
    private static final long DEAD = 6_946_816;

    @TempDir
    Path homes;

    @Test
    void resNet18GoesOnFromItsResumePointAfterAKillAndEndsWithTheSameBytes() throws IOException {
        List<String> disturbed;
        try (RunningSystem system = start(homes.resolve("disturbed"))) {
            String study = accepted(system, RESNET);
            // the launcher's store cannot list while an upload is put in its place: look again
            await().atMost(LONG).ignoreExceptionsInstanceOf(IOException.class).until(() -> hasResumePoint(system));
            List<ProcessHandle> trainers = system.processes("trainer-service");
            assertThat(trainers).hasSize(2);
            trainers.forEach(ProcessHandle::destroyForcibly);

            finished(system, study, 3);
            assertThat(resumptions(system))
                    .as("runs that went on from a step after 0")
                    .isNotEmpty();
            disturbed = digests(system, study);
            geometryDeadWeightsNeverMoved(system, study);
        }
        try (RunningSystem system = start(homes.resolve("undisturbed"))) {
            String study = accepted(system, RESNET);
            finished(system, study, 3);
            assertThat(digests(system, study)).hasSize(12).isEqualTo(disturbed);
        }
    }

    @Test
    void theOtherNetworksAreTrainedAndMeasured() throws IOException {
        try (RunningSystem system = RunningSystem.start(homes.resolve("others"))) {
            String study = accepted(system, OTHERS);
            finished(system, study, 3);
            assertThat(digests(system, study)).hasSize(6);
            for (JsonNode run : system.get("/studies/" + study + "/runs").path("items")) {
                JsonNode attribution = attribution(system, run, 0);
                assertThat(attribution.path("geometryDead").asLong(-1))
                        .as(run.path("network").asText())
                        .isZero();
                assertThat(attribution.path("unexplained").asLong(-1)).isZero();
            }
        }
    }

    /** Seconds between resume points, so that a run of half a minute has some. */
    private static RunningSystem start(Path home) throws IOException {
        return RunningSystem.start(home, Map.of("THETASCOPE_TRAINER_RESUME_EVERY", "5s"));
    }

    private static String accepted(RunningSystem system, String study) {
        GatewayApi.Answer answer = system.post("/studies", "application/json", study);
        assertThat(answer.status()).isEqualTo(202);
        return answer.body().path("studyId").asText();
    }

    private static void finished(RunningSystem system, String study, int runs) {
        JsonNode completed = system.completed(study, LONG);
        assertThat(completed.path("runs").path("finished").asInt()).isEqualTo(runs);
        assertThat(completed.path("analyses").path("measured").asInt())
                .isEqualTo(completed.path("analyses").path("planned").asInt());
    }

    private static boolean hasResumePoint(RunningSystem system) throws IOException {
        return system.objects().keys("runs/").stream()
                .anyMatch(key -> key.contains("/resume/") && key.endsWith(".json"));
    }

    private static List<String> resumptions(RunningSystem system) throws IOException {
        List<String> resumed = new ArrayList<>();
        for (ConsumerRecord<String, String> fact : TopicReader.all(system.bootstrapServers(), "thetascope.runs.v1")) {
            if (JSON.readTree(fact.value()).path("fromStep").asLong(0) > 0) {
                resumed.add(fact.key());
            }
        }
        return resumed;
    }

    /** Every checkpoint of every run, with its digest. */
    private static List<String> digests(RunningSystem system, String study) {
        return items(system, "/studies/" + study + "/runs")
                .map(run -> run.path("runId").asText())
                .sorted()
                .flatMap(run -> items(system, "/runs/" + run + "/checkpoints")
                        .map(c -> run + "@" + c.path("step") + " "
                                + c.path("sha256").asText()))
                .toList();
    }

    private static Stream<JsonNode> items(RunningSystem system, String path) {
        return StreamSupport.stream(system.get(path).path("items").spliterator(), false);
    }

    private static void geometryDeadWeightsNeverMoved(RunningSystem system, String study) {
        for (JsonNode run : system.get("/studies/" + study + "/runs").path("items")) {
            JsonNode attribution = attribution(system, run, 2);
            assertThat(attribution.path("geometryDead").asLong()).isEqualTo(DEAD);
            assertThat(attribution.path("geometryDeadChanged").asLong(-1)).isZero();
            assertThat(attribution.path("unexplained").asLong(-1)).isZero();
        }
    }

    private static JsonNode attribution(RunningSystem system, JsonNode run, int item) {
        return system.get("/runs/" + run.path("runId").asText() + "/movement")
                .path("items")
                .path(item)
                .path("attribution");
    }
}
