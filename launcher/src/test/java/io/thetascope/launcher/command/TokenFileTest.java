package io.thetascope.launcher.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.thetascope.launcher.progress.Screen;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands against a gateway that asks for a token. */
class TokenFileTest {
    private static final String TOKEN = "0123456789abcdef0123456789abcdef";

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
    private volatile String wanted = "Bearer " + TOKEN;
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/v1/studies", this::answer);
        server.createContext("/api/v1/dead-letters", this::noLetters);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void noLetters(HttpExchange exchange) throws IOException {
        boolean let = isWanted(exchange);
        byte[] bytes = (let ? "{\"items\":[]}" : "{}").getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(let ? 200 : 401, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private boolean isWanted(HttpExchange exchange) {
        return wanted.equals(exchange.getRequestHeaders().getFirst("Authorization"));
    }

    private void answer(HttpExchange exchange) throws IOException {
        boolean let = isWanted(exchange);
        boolean submits = exchange.getRequestMethod().equals("POST");
        if (submits) {
            wanted = "none any more"; // the token is over as soon as the study is accepted
        }
        String body = submits
                ? "{\"studyId\":\"s1\"}"
                : "{\"items\":[{\"studyId\":\"s1\",\"state\":\"running\",\"runs\":{\"planned\":20},\"analyses\":{}}]}";
        byte[] bytes = (let ? body : "{}").getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(let ? 200 : 401, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private int run(String... command) throws IOException {
        Path file = Files.writeString(folder.resolve("token"), TOKEN + "\n");
        List<String> line = new ArrayList<>(List.of(command));
        line.addAll(
                List.of("--url", "http://127.0.0.1:" + server.getAddress().getPort(), "--token-file", file.toString()));
        Edge edge = new Edge(folder, Optional.empty(), Optional.empty(), screen(out), screen(errors), System::nanoTime);
        return Thetascope.commandLine(edge).execute(line.toArray(String[]::new));
    }

    private static Screen screen(ByteArrayOutputStream bytes) {
        return new Screen(new PrintStream(bytes, true, StandardCharsets.UTF_8), false);
    }

    @Test
    void theTokenOfTheFileLetsIn() throws IOException {
        assertThat(run("status")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("study s1  running");
        assertThat(run("dead-letters")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("0 dead letters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"status", "submit quick", "report s1 --out .", "dead-letters", "dead-letters resend x-0-1"})
    void aRefusalIsSaidWithItsRemedy(String command) throws IOException {
        wanted = "Bearer another";
        assertThat(run(command.split(" "))).isEqualTo(1);
        assertThat(errors.toString(StandardCharsets.UTF_8))
                .contains("the gateway does not accept the token", "--token-file")
                .doesNotContain(TOKEN);
    }

    @Test
    @Timeout(30)
    void followingEndsWhenTheTokenIsOver() throws IOException {
        assertThat(run("submit", "quick", "--follow")).isEqualTo(1);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("Study s1 was known already");
        assertThat(errors.toString(StandardCharsets.UTF_8)).contains("the gateway does not accept the token");
    }
}
