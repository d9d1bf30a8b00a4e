package io.thetascope.gateway.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class VerdictsApiIT {
    @Test
    void aStudyThatHasJustBegunDecidesNothing() {
        String id = given().contentType("application/yaml")
                .body("{preset: quick, seeds: [41]}".getBytes(StandardCharsets.UTF_8))
                .post("/api/v1/studies")
                .then()
                .statusCode(202)
                .extract()
                .path("studyId");
        given().get("/api/v1/studies/" + id + "/verdicts")
                .then()
                .statusCode(200)
                .contentType("application/json")
                .body("items.number", contains(1, 2, 3, 4, 5, 6, 7, 8, 9, 10))
                .body("items[0].verdict", equalTo("not-applicable"))
                .body("items[6].verdict", equalTo("underpowered"), "items[6].values", hasSize(8))
                .body("items[6].thresholds[0].relation", equalTo("≤"), "items[6].runs", hasSize(0));
    }

    @Test
    void aStudyThatIsNotThereIsAProblem() {
        given().get("/api/v1/studies/s0123456789abcdef0123/verdicts")
                .then()
                .statusCode(404)
                .contentType("application/problem+json");
    }
}
