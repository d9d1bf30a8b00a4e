package io.thetascope.system;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** The HTTP API as a user calls it; paths are those below {@code /api/v1}. */
final class GatewayApi {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI gateway;
    private final Optional<String> token;

    /** Calls a gateway that lets everybody in. */
    GatewayApi(URI gateway) {
        this(gateway, Optional.empty());
    }

    private GatewayApi(URI gateway, Optional<String> token) {
        this.gateway = gateway;
        this.token = token;
    }

    /** Calls a gateway that asks for a token; each request brings this one. */
    static GatewayApi withToken(URI gateway, String token) {
        return new GatewayApi(gateway, Optional.of(token));
    }

    JsonNode get(String path) {
        HttpResponse<byte[]> answer = send(request(url(path)).GET());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException("GET " + path + ": " + answer.statusCode() + " " + json(answer.body()));
        }
        return json(answer.body());
    }

    byte[] bytes(String path, String accept) {
        return bytes(url(path), accept);
    }

    byte[] bytes(URI address, String accept) {
        return send(request(address).header("Accept", accept).GET()).body();
    }

    Answer post(String path, String contentType, String body) {
        return post(request(url(path)).header("Content-Type", contentType), body);
    }

    /** Posts JSON as part of a trace. */
    Answer postTraced(String path, String body, String traceParent) {
        return post(
                request(url(path)).header("Content-Type", "application/json").header("traceparent", traceParent), body);
    }

    private Answer post(HttpRequest.Builder request, String body) {
        HttpResponse<byte[]> answer = send(request.POST(HttpRequest.BodyPublishers.ofString(body)));
        return new Answer(answer.statusCode(), json(answer.body()));
    }

    /** Waits until a study is completed; fails early when it cannot be. */
    JsonNode completed(String studyId, Duration atMost) {
        await().atMost(atMost)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> "completed"
                        .equals(get("/studies/" + studyId).path("state").asText()));
        return get("/studies/" + studyId);
    }

    private URI url(String path) {
        return gateway.resolve("/api/v1" + path);
    }

    private HttpRequest.Builder request(URI address) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(30));
        token.ifPresent(t -> request.header("Authorization", "Bearer " + t));
        return request;
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode json(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the API answered. */
    record Answer(int status, JsonNode body) {}
}
