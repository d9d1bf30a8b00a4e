package io.thetascope.launcher.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import io.thetascope.contracts.json.Json;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The gateway, seen from the command line. */
public final class GatewayClient {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int OK = 200;
    private static final int ACCEPTED = 202;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int FIRST_SERVER_ERROR = 500;

    private final HttpClient http;
    private final URI gateway;
    private final Optional<AccessToken> token;

    /** Makes a client for the gateway at a URL without a path; it shows no token. */
    public GatewayClient(URI gateway) {
        this(gateway, Optional.empty());
    }

    /** Makes a client that shows a token, if there is one. */
    public GatewayClient(URI gateway, Optional<AccessToken> token) {
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .build();
        this.gateway = gateway;
        this.token = token;
    }

    /** Returns where an API path is. */
    public URI url(String path) {
        return gateway.resolve("/api/v1" + path);
    }

    /**
     * Asks for a study.
     *
     * @throws AccessRefusedException when the token is missing, unknown, or gives too little
     */
    public Submission submit(StudyRequest study) throws IOException {
        HttpResponse<byte[]> answer = send(request("/studies")
                .header("Content-Type", study.contentType())
                .POST(HttpRequest.BodyPublishers.ofString(study.body()))
                .build());
        int status = answer.statusCode();
        if (status == OK || status == ACCEPTED) {
            return new Submission.Accepted(json(answer).path("studyId").asText(), status == ACCEPTED);
        }
        if (status >= FIRST_SERVER_ERROR) {
            throw unexpected(answer);
        }
        return new Submission.Refused(problems(answer));
    }

    /** Returns how far a study is. */
    public StudyStatus study(String studyId) throws IOException {
        return Json.read(get("/studies/" + studyId, "application/json"), StudyStatus.class);
    }

    /** Returns the first page of studies, the only one the command line shows. */
    public List<StudyStatus> studies() throws IOException {
        List<StudyStatus> studies = new ArrayList<>();
        for (JsonNode item :
                Json.read(get("/studies", "application/json"), JsonNode.class).path("items")) {
            studies.add(Json.read(item, StudyStatus.class));
        }
        return studies;
    }

    /** Returns the report of a study in one of its forms. */
    public byte[] report(String studyId, String mediaType) throws IOException {
        return get("/studies/" + studyId + "/report", mediaType);
    }

    /** Returns the comparisons of a study as CSV. */
    public byte[] comparisons(String studyId) throws IOException {
        return get("/studies/" + studyId + "/report?table=comparisons", "text/csv");
    }

    /** Returns every dead letter, by topic, the oldest first. */
    public List<DeadLetter> deadLetters() throws IOException {
        List<DeadLetter> letters = new ArrayList<>();
        String after = "";
        do {
            JsonNode page = Json.read(get("/dead-letters?after=" + encoded(after), "application/json"), JsonNode.class);
            for (JsonNode item : page.path("items")) {
                letters.add(Json.read(item, DeadLetter.class));
            }
            after = page.path("next").asText("");
        } while (!after.isEmpty());
        return letters;
    }

    /**
     * Sends a dead letter again.
     *
     * @return what to expect, in a sentence
     * @throws IOException when it was not sent, with the gateway's reason
     */
    public String resend(String letterId) throws IOException {
        HttpResponse<byte[]> answer = send(request("/dead-letters/" + encoded(letterId) + "/resend")
                .POST(HttpRequest.BodyPublishers.noBody())
                .build());
        if (answer.statusCode() == ACCEPTED) {
            return json(answer).path("note").asText();
        }
        throw answer.statusCode() >= FIRST_SERVER_ERROR
                ? unexpected(answer)
                : new IOException("not sent: " + problems(answer).get(0).remedy());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private byte[] get(String path, String mediaType) throws IOException {
        HttpResponse<byte[]> answer =
                send(request(path).header("Accept", mediaType).build());
        if (answer.statusCode() != OK) {
            throw unexpected(answer);
        }
        return answer.body();
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(url(path)).timeout(PATIENCE);
        token.ifPresent(shown -> request.header("Authorization", shown.header()));
        return request;
    }

    private HttpResponse<byte[]> send(HttpRequest request) throws IOException {
        try {
            HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            if (answer.statusCode() == UNAUTHORIZED || answer.statusCode() == FORBIDDEN) {
                throw new AccessRefusedException(answer.statusCode() == FORBIDDEN, token.isPresent());
            }
            return answer;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for " + request.uri());
        }
    }

    private static List<RequestProblem> problems(HttpResponse<byte[]> answer) {
        JsonNode document = json(answer);
        List<RequestProblem> problems = new ArrayList<>();
        document.path("problems").forEach(problem -> problems.add(RequestProblem.of(problem)));
        if (problems.isEmpty()) {
            String detail =
                    document.path("detail").asText(document.path("title").asText("HTTP status " + answer.statusCode()));
            problems.add(new RequestProblem("", null, detail));
        }
        return problems;
    }

    private static JsonNode json(HttpResponse<byte[]> answer) {
        try {
            return Json.read(answer.body(), JsonNode.class);
        } catch (UncheckedIOException e) {
            return Json.newMapper().createObjectNode();
        }
    }

    private static IOException unexpected(HttpResponse<byte[]> answer) {
        String body = new String(answer.body(), StandardCharsets.UTF_8).strip();
        String shown = body.length() > 300 ? body.substring(0, 300) + "…" : body;
        return new IOException(answer.uri() + " answered with status " + answer.statusCode() + ": " + shown);
    }
}
