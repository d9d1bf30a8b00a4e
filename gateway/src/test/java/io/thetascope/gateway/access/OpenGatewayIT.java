package io.thetascope.gateway.access;

import static io.restassured.RestAssured.given;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.thetascope.gateway.api.Surroundings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Without settings the gateway asks for no token, but keeps the pages of other sites away. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class OpenGatewayIT {
    private static final String NO_STUDY = "/api/v1/studies/s00000000000000000000";

    @Test
    void whoeverReachesItMayDoEverything() {
        given().get("/api/v1/studies").then().statusCode(200);
        given().delete(NO_STUDY).then().statusCode(404);
        given().header("Authorization", "Bearer garbage")
                .get("/api/v1/studies")
                .then()
                .statusCode(200);
    }

    @ParameterizedTest
    @CsvSource({
        "evil.example, 421",
        "evil.example:8080, 421",
        "localhost.evil.example, 421",
        "127.0.0.1.evil.example, 421",
        "10.0.0.7, 421",
        "localhost:8080, 200",
        "127.0.0.1, 200",
        "[::1]:8080, 200"
    })
    void aNameThatIsNotLoopbackIsNotServed(String host, int status) {
        given().header("Host", host).get("/api/v1/presets").then().statusCode(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://evil.example", "null", "http://localhost:1"})
    void aPageOfAnotherOriginMayDoNothing(String origin) {
        given().header("Origin", origin)
                .delete(NO_STUDY)
                .then()
                .statusCode(403)
                .contentType("application/problem+json");
    }

    @Test
    void itsOwnPageMay() {
        given().header("Host", "localhost:8080")
                .header("Origin", "http://localhost:8080")
                .delete(NO_STUDY)
                .then()
                .statusCode(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/studies/..%2f..%2fetc%2fpasswd",
                "/studies/s0000000000000000000%30%2f..",
                "/studies/s00000000000000000000%00",
                "/studies/%53%30",
                "/runs/r0000000000000000000%EF%BC%90",
                "/runs/r00000000000000000000%0a",
                "/runs/r00000000000000000000/checkpoints/..%2fspec.json",
                "/runs/r00000000000000000000/features/%2e%2e",
                "/analyses/..%5c..%5cx/tensors",
                "/comparisons/a0000000000000000000G",
                "/networks/..%2flenet",
                "/studies/%2e%2e%2f/report"
            })
    void whatIsNoNameNamesNothing(String path) {
        given().urlEncodingEnabled(false)
                .get("/api/v1" + path)
                .then()
                .statusCode(404)
                .header("X-Content-Type-Options", "nosniff");
    }

    @Test
    void aHeaderThatIsTooLargeIsRefused() {
        given().header("X-Long", "x".repeat(20_000))
                .get("/api/v1/presets")
                .then()
                .statusCode(431);
    }
}
