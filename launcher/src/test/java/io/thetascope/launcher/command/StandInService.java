package io.thetascope.launcher.command;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands in for any of the four services: is ready at once, and answers as a gateway with one study of two runs. */
public final class StandInService {
    private static final AtomicInteger ASKED = new AtomicInteger();

    private StandInService() {}

    public static void main(String[] args) throws IOException {
        InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        int port = Integer.getInteger("quarkus.http.port", 0);
        HttpServer server = HttpServer.create(new InetSocketAddress(loopback, port), 0);
        server.createContext("/q/health/ready", exchange -> answer(exchange, 200, "{}"));
        server.createContext("/api/v1/studies", StandInService::studies);
        server.createContext("/api/v1/dead-letters", StandInService::deadLetters);
        server.start();
    }

    private static void studies(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (exchange.getRequestMethod().equals("POST")) {
            answer(exchange, 202, "{\"studyId\":\"s1\"}");
        } else if (path.endsWith("/report")) {
            boolean json =
                    "application/json".equals(exchange.getRequestHeaders().getFirst("Accept"));
            answer(exchange, 200, json ? "{\"runs\":[{\"generation\":0,\"network\":\"lenet\"}]}" : "report");
        } else if (path.endsWith("/s1")) {
            answer(exchange, 200, study(ASKED.incrementAndGet() > 1));
        } else {
            answer(exchange, 200, "{\"items\":[" + study(true) + "]}");
        }
    }

    private static void deadLetters(HttpExchange exchange) throws IOException {
        String asked = exchange.getRequestURI().toString();
        if (asked.endsWith("/jobs-0-7/resend")) {
            answer(exchange, 202, "{\"id\":\"jobs-0-7\",\"note\":\"It is handled like a new message.\"}");
        } else if (asked.endsWith("/resend")) {
            answer(exchange, 409, "{\"detail\":\"jobs-0-8 was sent again at noon\"}");
        } else if (asked.endsWith("after=jobs-0-7")) {
            answer(exchange, 200, "{\"items\":[" + letter(8, ",\"resentAt\":\"noon\"") + "],\"next\":null}");
        } else {
            answer(exchange, 200, "{\"items\":[" + letter(7, "") + "],\"next\":\"jobs-0-7\"}");
        }
    }

    private static String letter(int offset, String more) {
        return "{\"id\":\"jobs-0-" + offset + "\",\"time\":\"dawn\",\"key\":\"r1\",\"reason\":\"gave up\","
                + "\"error\":\"no such layer\"" + more + "}";
    }

    private static String study(boolean done) {
        return "{\"studyId\":\"s1\",\"name\":\"quick\",\"state\":\"" + (done ? "completed" : "running")
                + "\",\"runs\":{\"planned\":2,\"finished\":" + (done ? 2 : 1)
                + "},\"analyses\":{\"planned\":3,\"measured\":3},\"progress\":0.5,\"etaSeconds\":4}";
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        exchange.getRequestBody().readAllBytes();
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
