package io.thetascope.gateway.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.thetascope.artifacts.store.ObjectStore;
import io.thetascope.contracts.analysis.AnalysisOutcome;
import io.thetascope.contracts.analysis.AnalysisRequest;
import io.thetascope.contracts.analysis.IntegrityResult;
import io.thetascope.contracts.analysis.LazinessResult;
import io.thetascope.contracts.analysis.RunAnalyses;
import io.thetascope.contracts.event.AnalysisCompleted;
import io.thetascope.contracts.identity.Attempt;
import io.thetascope.contracts.identity.Digest;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.identity.Step;
import io.thetascope.contracts.json.Json;
import io.thetascope.contracts.run.ArtifactRef;
import io.thetascope.contracts.run.RunSpec;
import io.thetascope.gateway.reading.RunReading;
import io.thetascope.gateway.testing.FakeTrainer;
import io.thetascope.gateway.testing.Samples;
import io.thetascope.messaging.EventPublisher;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class AnalysesApiIT {
    @Inject
    ObjectStore store;

    @Inject
    EventPublisher publisher;

    @Inject
    RunReading runs;

    private long attempts;

    /** Accepts a study of two runs and trains them. */
    private List<RunSpec> trained(long seed) {
        String study = given().contentType("application/yaml")
                .body(("{preset: quick, perturbations: [], initializations: [kaiming-normal], seeds: [" + seed + "]}")
                        .getBytes(StandardCharsets.UTF_8))
                .post("/api/v1/studies")
                .then()
                .extract()
                .path("studyId");
        List<String> ids = given().get("/api/v1/studies/" + study + "/runs")
                .then()
                .extract()
                .path("items.runId");
        List<RunId> trained = ids.stream().map(RunId::new).toList();
        trained.forEach(run -> new FakeTrainer(store, publisher).train(run));
        trained.forEach(run -> eventually(() -> run(run, "").body("state", equalTo("finished"))));
        return trained.stream().map(run -> runs.spec(run).orElseThrow()).toList();
    }

    private static void eventually(Runnable check) {
        await().atMost(Duration.ofSeconds(30)).untilAsserted(check::run);
    }

    private static ValidatableResponse run(RunId run, String what) {
        return given().get("/api/v1/runs/" + run + what).then().statusCode(200);
    }

    private static Response ask(RunId run, String body) {
        return given().contentType("application/json")
                .body(body.getBytes(StandardCharsets.UTF_8))
                .post("/api/v1/runs/" + run + "/analyses");
    }

    private void measured(AnalysisRequest request, Object result, @Nullable ArtifactRef tensors) {
        publisher
                .publish(new AnalysisCompleted(
                        request.id(),
                        Attempt.of(attempts++, 1),
                        request,
                        AnalysisOutcome.MEASURED,
                        null,
                        List.of(),
                        Json.tree(result),
                        tensors,
                        Samples.NOON))
                .join();
    }

    private static IntegrityResult audit(RunSpec run, List<IntegrityResult.Finding> damage) {
        Digest digest = new Digest("a".repeat(64));
        Step end = run.schedule().lastStep();
        return new IntegrityResult(
                damage.isEmpty(),
                5,
                List.of(new IntegrityResult.CheckpointAudit(end, 1, "key", digest, null, null, damage, List.of())),
                List.of());
    }

    @Test
    void measuresAreAskedForAndReadWithTheirTensors() {
        List<RunSpec> two = trained(41);
        RunSpec run = two.get(0);
        String other = two.get(1).id().value();

        ask(run.id(), "{\"measures\": [\"laziness\", \"pair\", \"alignment\"], \"with\": \"" + other + "\"}")
                .then()
                .statusCode(202)
                .body("items.kind", equalTo(List.of("laziness", "pair", "alignment")))
                .body("items.state", equalTo(List.of("planned", "planned", "planned")));
        run(run.id(), "/analyses").body("items.kind", hasItems("movement", "order", "integrity", "pair", "alignment"));
        AnalysisRequest laziness = RunAnalyses.laziness(run);
        run(run.id(), "/laziness")
                .body(
                        "outcome",
                        equalTo("planned"),
                        "analysisId",
                        equalTo(laziness.id().value()));

        byte[] tensors = "0123456789".getBytes(StandardCharsets.UTF_8);
        String key = "analyses/" + laziness.id() + ".safetensors";
        store.put(key, tensors);
        measured(
                laziness,
                new LazinessResult(run.schedule().lastStep(), 9, 0.5, 1e-3, null, 0.25, List.of(), 0.1),
                new ArtifactRef(key, Digest.of(tensors), tensors.length));

        eventually(() -> run(run.id(), "/laziness").body("outcome", equalTo("measured"), "residual", equalTo(0.5f)));
        given().get("/api/v1/analyses/" + laziness.id())
                .then()
                .statusCode(200)
                .body("kind", equalTo("laziness"), "result.switchedGates", equalTo(0.25f));
        byte[] part = given().header("Range", "bytes=2-4")
                .get("/api/v1/analyses/" + laziness.id() + "/tensors")
                .then()
                .statusCode(206)
                .extract()
                .asByteArray();
        assertThat(part).asString(StandardCharsets.UTF_8).isEqualTo("234");
        ask(run.id(), "{\"measures\": [\"laziness\"]}")
                .then()
                .statusCode(202)
                .body("items[0].state", equalTo("measured"));
    }

    @Test
    void aDamagedCheckpointTakesNumbersAwayUntilItIsRestored() {
        RunSpec run = trained(42).get(0);
        AnalysisRequest laziness = RunAnalyses.laziness(run);
        measured(
                laziness,
                new LazinessResult(run.schedule().lastStep(), 9, 0.5, 1e-3, null, 0.25, List.of(), 0.1),
                null);
        var missing = new IntegrityResult.Finding(IntegrityResult.Finding.MISSING, "restore the object");
        measured(RunAnalyses.integrity(run), audit(run, List.of(missing)), null);

        eventually(() -> run(run.id(), "/integrity")
                .body("outcome", equalTo("measured"), "sound", equalTo(false), "damaged", hasSize(1)));
        eventually(() -> run(run.id(), "/laziness")
                .body("outcome", equalTo("withheld"), "reason", containsString("missing, restore the object")));
        run(run.id(), "").body("damaged[0].findings[0].code", equalTo("missing"));
        given().get("/api/v1/analyses/" + laziness.id() + "/tensors")
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("detail", containsString("withheld"));
        run(run.id(), "/movement").body("damaged", hasSize(1));
        given().get("/api/v1/runs/" + run.id() + "/checkpoints/"
                        + run.schedule().lastStep())
                .then()
                .statusCode(404)
                .body("detail", containsString("missing, restore the object"));
        run(run.id(), "/features").body("damaged", hasSize(1));
        run(run.id(), "/order").body("outcome", equalTo("planned"), "damaged", hasSize(1));

        measured(RunAnalyses.integrity(run), audit(run, List.of()), null);
        eventually(() -> run(run.id(), "/laziness").body("outcome", equalTo("measured"), "residual", equalTo(0.5f)));
        run(run.id(), "/integrity").body("sound", equalTo(true), "damaged", hasSize(0));
        run(run.id(), "").body("damaged", hasSize(0));
    }

    @Test
    void refusesWithEveryProblemAtOnce() {
        RunSpec run = trained(43).get(0);
        ask(run.id(), "{\"measures\": [\"wisdom\", \"pair\"]}")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("problems.field", equalTo(List.of("measures[0]", "with")))
                .body("problems[0].value", equalTo("wisdom"));
        ask(new RunId("r" + "0".repeat(20)), "{\"measures\": [\"order\"]}")
                .then()
                .statusCode(404);
        ask(run.id(), "no json").then().statusCode(400).contentType("application/problem+json");
    }
}
