package io.thetascope.gateway.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.thetascope.artifacts.ArtifactKeys;
import io.thetascope.artifacts.JsonObjects;
import io.thetascope.artifacts.store.ObjectStore;
import io.thetascope.contracts.event.CheckpointStored;
import io.thetascope.contracts.identity.Attempt;
import io.thetascope.contracts.identity.Digest;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.identity.Step;
import io.thetascope.contracts.run.ArtifactRef;
import io.thetascope.contracts.run.RunOutcome;
import io.thetascope.contracts.run.RunResult;
import io.thetascope.contracts.run.StoredCheckpoint;
import io.thetascope.gateway.testing.FakeTrainer;
import io.thetascope.gateway.testing.Samples;
import io.thetascope.messaging.EventPublisher;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class StudiesApiIT {
    @Inject
    ObjectStore store;

    @Inject
    EventPublisher publisher;

    @TestHTTPResource("/")
    URI root = URI.create("");

    private static Response post(String path, String type, String body) {
        return given().contentType(type)
                .body(body.getBytes(StandardCharsets.UTF_8))
                .post(path);
    }

    private static String accept(String yaml) {
        return post("/api/v1/studies", "application/yaml", yaml)
                .then()
                .extract()
                .path("studyId");
    }

    private static List<String> runs(String study, String query) {
        return given().get("/api/v1/studies/" + study + "/runs" + query)
                .then()
                .extract()
                .path("items.runId");
    }

    @Test
    void acceptsThePresetOnce() {
        Response first = post("/api/v1/studies", "application/json", "{\"preset\":\"quick\",\"name\":\"first\"}");
        first.then()
                .statusCode(202)
                .body("plan.runs.base", equalTo(4), "plan.runs.perturbed", equalTo(8), "plan.runs.twins", equalTo(8));
        String id = first.path("studyId");
        given().get("/api/v1/studies/" + id)
                .then()
                .statusCode(200)
                .body("runs.planned", equalTo(20), "runs.queued", equalTo(4), "state", equalTo("running"))
                .body("analyses.planned", equalTo(310), "name", equalTo("first"));
        post("/api/v1/studies", "application/yaml", "preset: quick")
                .then()
                .statusCode(200)
                .body("studyId", equalTo(id));
        given().get("/api/v1/studies/" + id + "/comparisons")
                .then()
                .body("items", hasSize(34))
                .body("items[0].outcome", equalTo("planned"));
        given().get("/api/v1/studies").then().body("items.studyId", hasItems(id));
        assertThat(runs(id, "?role=perturbed")).hasSize(8);
        assertThat(runs(id, "?limit=3&optimizer=sgd")).hasSize(3);
    }

    @Test
    void planningChangesNothing() {
        String body = "{preset: quick, seeds: [77]}";
        String id = post("/api/v1/studies/plan", "application/yaml", body)
                .then()
                .statusCode(200)
                .body(
                        "analyses",
                        equalTo(310),
                        "analysesByKind.movement",
                        equalTo(80),
                        "analysesByKind.pair",
                        equalTo(6))
                .body("warnings.code", hasItems("ONE_SEED"))
                .extract()
                .path("studyId");
        given().get("/api/v1/studies/" + id).then().statusCode(404).contentType("application/problem+json");
        assertThat(store.stat("studies/" + id + ".json")).isEmpty();
    }

    @Test
    void aStudyWhoseWeightsNobodyUploadedIsPlannedButRefused() {
        int before = store.list("studies/").size();
        String body = "{networks: [resnet18], datasets: [fashion-mnist], initializations: [pretrained]}";
        post("/api/v1/studies/plan", "application/yaml", body)
                .then()
                .statusCode(200)
                .body("runs.base", equalTo(1), "warnings.code", hasItems("PRETRAINED_MISSING", "GEOMETRY_DEAD"));
        post("/api/v1/studies", "application/yaml", body)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("problems.value", hasItems("resnet18"))
                .body("problems[0].remedy", containsString("PUT /api/v1/pretrained/resnet18"));
        assertThat(store.list("studies/")).hasSize(before);
    }

    @Test
    void namesEveryProblemAtOnce() {
        int before = store.list("studies/").size();
        post(
                        "/api/v1/studies",
                        "application/json",
                        "{\"networks\":[\"nonet\"],\"datasets\":[\"mnist\"],\"epochs\":1000000000,\"colour\":1}")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("problems", hasSize(4))
                .body("problems.field", hasItems("networks[0]", "datasets[0]", "epochs", "colour"));
        assertThat(store.list("studies/")).hasSize(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[]", "", "null", "{\"preset\":\"quick\"", "{\"preset\":17}"})
    void refusesWhatIsNoStudy(String body) {
        post("/api/v1/studies", "application/json", body)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("problems", hasSize(greaterThan(0)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/studies/nonsense",
                "/studies/s00000000000000000000",
                "/runs/r00000000000000000000",
                "/runs/..%2f..%2fetc",
                "/runs/r00000000000000000000/checkpoints/-1",
                "/comparisons/a00000000000000000000",
                "/analyses/a00000000000000000000",
                "/analyses/a00000000000000000000/tensors",
                "/runs/r00000000000000000000/analyses",
                "/runs/r00000000000000000000/order"
            })
    void whatIsNotThereIsAProblemToo(String path) {
        given().urlEncodingEnabled(false).get("/api/v1" + path).then().statusCode(404);
    }

    @Test
    void showsWhatTheFactsSayAndSendsTheFiles() throws IOException {
        String study = accept("{preset: quick, seeds: [5], perturbations: [], optimizers: [sgd]}");
        RunId run = new RunId(runs(study, "").get(0));
        ArtifactRef evidence = new ArtifactRef("runs/" + run + "/evidence", Digest.of(new byte[9]), 9);
        publisher
                .publish(new CheckpointStored(
                        run, Attempt.of(0, 1), new StoredCheckpoint(new Step(32), 1, evidence, evidence), Samples.NOON))
                .join();
        StoredCheckpoint checkpoint = new FakeTrainer(store, publisher).train(run);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> given().get("/api/v1/runs/" + run)
                        .then()
                        .body("state", equalTo("finished"), "epoch", equalTo(1), "test.accuracy", equalTo(0.4f)));
        given().get("/api/v1/runs/" + run + "/epochs")
                .then()
                .body(
                        "items", hasSize(1),
                        "next", nullValue(),
                        "items[0].validation.loss", equalTo(1.2f),
                        "items[0].validation.accuracy", equalTo(0.3f));
        given().get("/api/v1/runs/" + run + "/checkpoints")
                .then()
                .body(
                        "items[0]", not(hasKey("evidence")),
                        "items[1].evidence.key", equalTo("runs/" + run + "/evidence"),
                        "items[1].evidence.sha256", equalTo(evidence.sha256().value()),
                        "items[1].evidence.bytes", equalTo(9));

        String file = "/api/v1/runs/" + run + "/checkpoints/0";
        byte[] whole = given().get(file).then().statusCode(200).extract().asByteArray();
        assertThat(Digest.of(whole)).isEqualTo(checkpoint.artifact().sha256());
        byte[] part = given().header("Range", "bytes=8-15")
                .get(file)
                .then()
                .statusCode(206)
                .extract()
                .asByteArray();
        assertThat(part).hasSize(8).isEqualTo(Arrays.copyOfRange(whole, 8, 16));
        given().header("Range", "bytes=99999999-").get(file).then().statusCode(416);
        byte[] zip =
                given().get(file + "/onnx").then().statusCode(200).extract().asByteArray();
        try (ZipInputStream entries = new ZipInputStream(new ByteArrayInputStream(zip))) {
            assertThat(entries.getNextEntry().getName()).isEqualTo("model.onnx");
            assertThat(entries.getNextEntry().getName()).isEqualTo("checkpoint.safetensors");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    perturbations: [{kind: epsilon, value: NaN}]      | perturbations[0].value | number of size up to 1e6
                    perturbations: [{kind: sign-flip, scope: conv9}]  | perturbations[0].scope | lenet has no scope conv9
                    perturbations: [epsilon, {kind: epsilon}]         | perturbations[1]       | means the same
                    """)
    void perturbationsThatCannotBeAreRefusedWithTheReason(String keys, String field, String remedy) {
        post("/api/v1/studies", "application/yaml", "{preset: quick, " + keys + "}")
                .then()
                .statusCode(400)
                .body("problems", hasSize(1))
                .body("problems[0].field", equalTo(field), "problems[0].remedy", containsString(remedy));
    }

    @Test
    void parentsThatCannotBePerturbedAreRefusedWithTheReason() {
        String study = accept("{preset: quick, seeds: [8], optimizers: [sgd], initializations: [kaiming-uniform]}");
        String parent = runs(study, "?role=base").get(0);
        String retraining = runs(study, "?role=perturbed").get(0);
        new JsonObjects(store)
                .write(
                        ArtifactKeys.result(new RunId(parent)),
                        new RunResult(
                                new RunId(parent),
                                Attempt.of(0, 1),
                                RunOutcome.DIVERGED,
                                "loss is NaN",
                                List.of(),
                                List.of(),
                                Samples.ENVIRONMENT));
        String unknown = "r00000000000000000000";
        post(
                        "/api/v1/studies",
                        "application/yaml",
                        "{parents: [" + parent + ", " + retraining + ", " + unknown + "], perturbations: [sign-flip]}")
                .then()
                .statusCode(400)
                .body("problems.field", contains("parents[0]", "parents[1]", "parents[2]"))
                .body("problems[0].remedy", containsString("this one diverged"))
                .body("problems[1].remedy", containsString("this one is a retraining"))
                .body("problems[2].remedy", containsString("this one is unknown"));
    }

    @Test
    void eventsGoOnWhereAClientStopped() throws Exception {
        String study = accept("{preset: quick, seeds: [6], perturbations: [], optimizers: [sgd]}");
        List<String> runs = runs(study, "");
        FakeTrainer trainer = new FakeTrainer(store, publisher);
        trainer.train(new RunId(runs.get(0)));
        List<String> first = follow(study, "0", 5);
        trainer.train(new RunId(runs.get(1)));
        List<String> rest = follow(study, first.get(2), 6);
        assertThat(rest.subList(0, 2)).isEqualTo(first.subList(3, 5));
        assertThat(rest).doesNotHaveDuplicates();
    }

    /** Reads so many events and returns their ids. */
    private List<String> follow(String study, String last, int count) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(root.resolve("/api/v1/studies/" + study + "/events"))
                .header("Last-Event-ID", last)
                .timeout(Duration.ofSeconds(30))
                .build();
        HttpResponse<InputStream> answer =
                HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofInputStream());
        List<String> ids = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            while (ids.size() < count) {
                String line = lines.readLine();
                if (line.startsWith("id:")) {
                    ids.add(line.substring(3).trim());
                }
            }
        }
        return ids;
    }

    @Test
    void cancelsAndReopens() {
        String body = "{preset: quick, seeds: [8]}";
        String study = accept(body);
        given().delete("/api/v1/studies/" + study).then().statusCode(200).body("state", equalTo("cancelled"));
        post("/api/v1/studies", "application/yaml", body).then().statusCode(202);
        given().get("/api/v1/studies/" + study)
                .then()
                .body("state", equalTo("running"), "revision", equalTo(2), "runs.queued", equalTo(4));
    }

    @Test
    void isReadyAndDescribesItself() {
        given().get("/q/health/ready").then().statusCode(200);
        given().get("/q/openapi?format=json").then().statusCode(200).body("info.title", equalTo("Thetascope"));
        given().get("/api/v1/presets").then().body("items.name", hasItems("quick"));
    }
}
