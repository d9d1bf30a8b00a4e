package io.thetascope.gateway.access;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.specification.RequestSpecification;
import io.thetascope.artifacts.store.MinioObjectStore;
import io.thetascope.artifacts.store.StoreLocation;
import io.thetascope.testkit.Infra;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(Guarded.class)
class GuardedGatewayIT {
    private static final String STUDY = "{preset: quick, perturbations: [], optimizers: [sgd], seeds: [21]}";
    private static final String NEXT_VIEWER = "planted-next-viewer-0123456789abcdef012345";

    @ConfigProperty(name = "test.log")
    Path log = Path.of("");

    @ConfigProperty(name = "thetascope.gateway.auth.viewer-token-file")
    Path viewerFile = Path.of("");

    @TestHTTPResource("/")
    URI root = URI.create("");

    private static RequestSpecification operator() {
        return given().header("Authorization", "Bearer " + Guarded.OPERATOR_TOKEN);
    }

    private static String study() {
        return operator()
                .contentType("application/yaml")
                .body(STUDY.getBytes(StandardCharsets.UTF_8))
                .post("/api/v1/studies")
                .then()
                .extract()
                .path("studyId");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/thetascope.js", "/q/health/ready", "/q/health/live", "/q/metrics", "/q/openapi"})
    void whatIsOpenIsOpenWhateverIsShown(String path) {
        given().get(path).then().statusCode(200);
        given().header("Authorization", "Bearer garbage").get(path).then().statusCode(200);
    }

    @ParameterizedTest
    @CsvSource({"/, 200", "/nowhere, 404", "/q/health, 200", "/api/v1/studies, 401", "/api/v1/nowhere, 404"})
    void everyAnswerTellsTheBrowserWhatItMayDo(String path, int status) {
        given().get(path)
                .then()
                .statusCode(status)
                .header("Content-Security-Policy", containsString("default-src 'none'; script-src 'self'"))
                .header("X-Content-Type-Options", equalTo("nosniff"))
                .header("X-Frame-Options", equalTo("DENY"))
                .header("Referrer-Policy", equalTo("no-referrer"))
                .header("Cross-Origin-Resource-Policy", equalTo("same-origin"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/thetascope.js", "/thetascope.css"})
    void aBrowserDoesNotKeepThePageBeyondAnUpgrade(String path) {
        given().get(path).then().statusCode(200).header("Cache-Control", nullValue());
    }

    @Test
    void whatATokenOpensIsNotStored() {
        operator().get("/api/v1/studies").then().statusCode(200).header("Cache-Control", equalTo("no-store"));
        operator()
                .accept("text/html")
                .get("/api/v1/studies/" + study() + "/report")
                .then()
                .statusCode(200)
                .header("Cache-Control", equalTo("no-store"))
                .header("Content-Security-Policy", containsString("style-src 'sha256-"))
                .header("Content-Security-Policy", containsString("frame-ancestors 'none'; sandbox"));
    }

    @Test
    void aNewTokenInTheFileReplacesTheOldOne() throws IOException {
        try {
            Files.writeString(viewerFile, NEXT_VIEWER);
            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> viewed(NEXT_VIEWER, 200));
            viewed(Guarded.VIEWER_TOKEN, 401);
        } finally {
            Files.writeString(viewerFile, Guarded.VIEWER_TOKEN);
            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> viewed(Guarded.VIEWER_TOKEN, 200));
        }
    }

    private static void viewed(String token, int status) {
        given().header("Authorization", "Bearer " + token)
                .get("/api/v1/presets")
                .then()
                .statusCode(status);
    }

    /** The profile waits two seconds for a body, not a minute. */
    @Test
    void anUploadThatStopsIsBrokenOff() throws IOException {
        try (Socket socket = new Socket(root.getHost(), root.getPort())) {
            socket.setSoTimeout(20_000);
            String head = "PUT /api/v1/pretrained/lenet HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n"
                    + "Authorization: Bearer " + Guarded.OPERATOR_TOKEN + "\r\n\r\nfew";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            byte[] answer = socket.getInputStream().readAllBytes();
            assertThat(new String(answer, StandardCharsets.UTF_8)).doesNotContain(" 200 ", " 201 ");
        }
    }

    @Test
    void secretsAreInNoLogEventOrAnswer() throws IOException, InterruptedException {
        String issued = IssuedTokens.ofIssuer().with(Role.VIEWER);
        String expired = IssuedTokens.ofIssuer().expired(Role.OPERATOR);
        String study = study();
        String said = String.join(
                "\n",
                answer(operator(), "/q/health"),
                answer(operator(), "/q/metrics"),
                answer(operator(), "/q/openapi"),
                answer(operator(), "/api/v1/studies/" + study + "/report"),
                answer(given().header("Authorization", "Bearer " + issued), "/api/v1/studies/" + study),
                answer(given().header("Authorization", "Bearer " + expired), "/api/v1/studies"),
                answer(operator().header("Last-Event-ID", Guarded.OPERATOR_TOKEN), "/api/v1/studies/x/events"),
                operator().body(new byte[] {1}).put("/api/v1/pretrained/lenet").asString(),
                given().header("Authorization", "Bearer " + issued)
                        .delete("/api/v1/studies/" + study)
                        .asString(),
                firstEvents(study),
                failure());
        Infra infra = Infra.get();
        List<String> secrets = List.of(
                Guarded.PASSWORD,
                Guarded.OPERATOR_TOKEN,
                Guarded.VIEWER_TOKEN,
                infra.secretKey(),
                "planted-secret-key",
                issued.substring(issued.lastIndexOf('.')),
                expired.substring(expired.lastIndexOf('.')));
        String logged = Files.readString(log);
        assertThat(logged).contains("Installed features");
        assertThat(secrets).allSatisfy(secret -> {
            assertThat(said).doesNotContain(secret);
            assertThat(logged).doesNotContain(secret);
        });
    }

    private static String answer(RequestSpecification request, String path) {
        return request.get(path).asString();
    }

    /** What becomes known of a store that does not take our key. */
    private static String failure() {
        StoreLocation wrong = new StoreLocation(
                URI.create(Infra.get().s3Endpoint()), Infra.get().accessKey(), "planted-secret-key", "nobodys-bucket");
        StringWriter told = new StringWriter();
        try (MinioObjectStore store = MinioObjectStore.at(wrong)) {
            store.put("studies/x.json", new byte[1]);
        } catch (RuntimeException e) {
            e.printStackTrace(new PrintWriter(told));
        }
        assertThat(told.toString()).isNotEmpty();
        return told + wrong.toString();
    }

    private String firstEvents(String study) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(root.resolve("/api/v1/studies/" + study + "/events"))
                .header("Authorization", "Bearer " + Guarded.VIEWER_TOKEN)
                .timeout(Duration.ofSeconds(30))
                .build();
        InputStream body = HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofInputStream())
                .body();
        List<String> lines = new ArrayList<>();
        try (BufferedReader events = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
            while (lines.stream().noneMatch(line -> line.startsWith("data:"))) {
                lines.add(Objects.requireNonNull(events.readLine(), "the stream ended: " + lines));
            }
        }
        return String.join("\n", lines);
    }
}
