package io.thetascope.launcher.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GatewayClientTest {
    @TempDir
    Path folder;

    private HttpServer server;
    private GatewayClient client;
    private volatile String heard = "";
    private volatile @Nullable String authorization;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
        client = new GatewayClient(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void everyProblemOfARefusedStudyIsALineOfItsOwn() throws IOException {
        answer(
                400,
                "{\"title\":\"Bad Request\",\"problems\":[{\"field\":\"epochs\",\"value\":-3,\"remedy\":\"1 to 10000\"},"
                        + "{\"field\":\"networks\",\"value\":[\"lent\"],\"remedy\":\"did you mean lenet?\"},"
                        + "{\"field\":\"\",\"remedy\":\"name a data set\"}]}");
        Submission submission = client.submit(StudyRequest.preset("quick"));
        assertThat(submission)
                .isInstanceOfSatisfying(
                        Submission.Refused.class,
                        refused -> assertThat(refused.problems().stream().map(RequestProblem::line))
                                .containsExactly(
                                        "epochs = -3: 1 to 10000",
                                        "networks = [\"lent\"]: did you mean lenet?",
                                        "the request: name a data set"));
        assertThat(heard).isEqualTo("application/json {\"preset\":\"quick\"}");
    }

    @Test
    void aStudyFileIsSentAsItIsWithTheTypeOfItsName() throws IOException {
        answer(200, "{\"studyId\":\"s7\"}");
        Path file = Files.writeString(folder.resolve("study.yaml"), "epochs: 5\n");
        assertThat(client.submit(StudyRequest.of(file.toString()))).isEqualTo(new Submission.Accepted("s7", false));
        assertThat(heard).isEqualTo("application/yaml epochs: 5\n");
    }

    @Test
    void whatIsNeitherAFileNorAPresetsNameIsSentNowhere() {
        assertThatThrownBy(() -> StudyRequest.of("no/such.yaml")).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void aFileWinsOverThePresetOfItsName() throws IOException {
        Path file = Files.writeString(folder.resolve("quick"), "epochs: 5\n");
        assertThat(StudyRequest.of(file.toString())).isEqualTo(new StudyRequest("application/yaml", "epochs: 5\n"));
        assertThat(StudyRequest.of(file.toString()).isPreset()).isFalse();
        assertThat(StudyRequest.of("quick").isPreset()).isTrue();
    }

    @Test
    void anUnknownPresetIsToldFromOtherProblems() throws IOException {
        answer(
                400,
                "{\"problems\":[{\"field\":\"preset\",\"value\":\"quik\",\"remedy\":\"one of [quick]\"},"
                        + "{\"field\":\"epochs\",\"remedy\":\"1 to 10000\"}]}");
        assertThat(client.submit(StudyRequest.of("quik")))
                .isInstanceOfSatisfying(
                        Submission.Refused.class,
                        refused -> assertThat(refused.problems().stream().map(RequestProblem::isOfPreset))
                                .containsExactly(true, false));
    }

    @Test
    void anAnswerThatIsNoProblemDocumentIsStillOneLine() throws IOException {
        answer(415, "nothing to see");
        assertThat(client.submit(StudyRequest.preset("quick")))
                .isInstanceOfSatisfying(
                        Submission.Refused.class,
                        refused ->
                                assertThat(refused.problems().get(0).line()).isEqualTo("the request: HTTP status 415"));
    }

    @Test
    void showsTheTokenOfTheFileWithoutItsNewline() throws IOException {
        answer(200, "{\"studyId\":\"s7\"}");
        token("secret-of-an-operator\n").submit(StudyRequest.preset("quick"));
        assertThat(authorization).isEqualTo("Bearer secret-of-an-operator");
    }

    @ParameterizedTest
    @CsvSource({
        "401, '', asks for a token",
        "401, t0ken, does not accept the token",
        "403, t0ken, use an operator's",
    })
    void saysWhichTokenIsWantedAndNeverWhatItIs(int status, String token, String message) throws IOException {
        answer(status, "{\"title\":\"No\"}");
        GatewayClient asking = token.isEmpty() ? client : token(token);
        assertThatThrownBy(() -> asking.submit(StudyRequest.preset("quick")))
                .isInstanceOf(AccessRefusedException.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining("t0ken");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "two words", "a\nb", "clé"})
    void whatIsNoTokenIsSentNowhere(String text) {
        assertThatThrownBy(() -> token(text)).isInstanceOf(IOException.class).hasMessageContaining("holds no token");
    }

    @Test
    void aTokenFileThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> AccessToken.read(folder.resolve("nowhere")))
                .hasMessageContaining("nowhere cannot be read: NoSuchFileException");
    }

    private GatewayClient token(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("token"), text);
        return new GatewayClient(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()), Optional.of(AccessToken.read(file)));
    }

    private void answer(int status, String body) {
        server.createContext("/api/v1/studies", exchange -> {
            authorization = exchange.getRequestHeaders().getFirst("Authorization");
            heard = exchange.getRequestHeaders().getFirst("Content-Type") + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }
}
