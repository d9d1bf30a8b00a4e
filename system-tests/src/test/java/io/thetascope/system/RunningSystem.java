package io.thetascope.system;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The packaged system as its user starts it: {@code ./thetascope up}, and HTTP. */
final class RunningSystem implements AutoCloseable {
    private static final Path ROOT = Path.of(System.getProperty("thetascope.root"));
    private static final Duration START = Duration.ofMinutes(3);
    private static final Duration STOP = Duration.ofSeconds(60);

    private final Process launcher;
    private final GatewayApi api;
    private final int kafkaPort;
    private final Path home;
    private final Path log;
    private final StoredObjects objects;

    private RunningSystem(Process launcher, int port, int kafkaPort, Path home, Path log, StoredObjects objects) {
        this.launcher = launcher;
        this.api = new GatewayApi(URI.create("http://127.0.0.1:" + port));
        this.kafkaPort = kafkaPort;
        this.home = home;
        this.log = log;
        this.objects = objects;
    }

    /** Starts everything on free ports of the loopback interface and waits until the gateway is ready. */
    static RunningSystem start(Path home) throws IOException {
        return start(home, Map.of());
    }

    /** The same, with settings of the services as environment variables. */
    static RunningSystem start(Path home, Map<String, String> settings) throws IOException {
        int port = freePort();
        int kafkaPort = freePort();
        int s3Port = freePort();
        Path log = Files.createTempFile("thetascope-up-", ".log");
        ProcessBuilder command = new ProcessBuilder(
                        "bash",
                        ROOT.resolve("thetascope").toString(),
                        "up",
                        "--home",
                        home.toString(),
                        "--port",
                        Integer.toString(port),
                        "--kafka-port",
                        Integer.toString(kafkaPort),
                        "--s3-port",
                        Integer.toString(s3Port),
                        "--trainers",
                        "2")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        command.environment().put("THETASCOPE_STORE_BUCKET", bucket(home));
        command.environment().putAll(settings);
        Process launcher = command.start();
        RunningSystem system = new RunningSystem(launcher, port, kafkaPort, home, log, objects(home, s3Port));
        try {
            await().atMost(START).pollInterval(Duration.ofMillis(250)).until(system::ready);
        } catch (RuntimeException e) {
            system.close();
            throw e;
        }
        return system;
    }

    /** In an object store that is not the launcher's own, each home has a bucket for itself. */
    private static String bucket(Path home) {
        return "thetascope-" + UUID.nameUUIDFromBytes(home.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** The launcher's own store, or the one that this test's environment names, as {@code ./thetascope up} takes it. */
    private static StoredObjects objects(Path home, int s3Port) {
        String endpoint = System.getenv().getOrDefault("THETASCOPE_STORE_ENDPOINT", "");
        return endpoint.isBlank()
                ? new StoredObjects("http://127.0.0.1:" + s3Port, "thetascope", "thetascope-local", "thetascope")
                : new StoredObjects(
                        endpoint,
                        System.getenv("THETASCOPE_STORE_ACCESS_KEY"),
                        System.getenv("THETASCOPE_STORE_SECRET_KEY"),
                        bucket(home));
    }

    /** Returns what the system keeps in its object store. */
    StoredObjects objects() {
        return objects;
    }

    private boolean ready() throws IOException {
        if (!launcher.isAlive()) {
            throw new IllegalStateException("the launcher ended:\n" + Files.readString(log));
        }
        return log().contains("Thetascope is up at");
    }

    private String log() throws IOException {
        return Files.readString(log);
    }

    String bootstrapServers() {
        return "127.0.0.1:" + kafkaPort;
    }

    JsonNode get(String path) {
        return api.get(path);
    }

    byte[] bytes(String path, String accept) {
        return api.bytes(path, accept);
    }

    GatewayApi.Answer post(String path, String contentType, String body) {
        return api.post(path, contentType, body);
    }

    /** Posts JSON as part of a trace. */
    GatewayApi.Answer postTraced(String path, String body, String traceParent) {
        return api.postTraced(path, body, traceParent);
    }

    /** Waits until a study is completed; fails early when it cannot be. */
    JsonNode completed(String studyId, Duration atMost) {
        return api.completed(studyId, atMost);
    }

    /** Scrapes every service. */
    List<Sample> scrape() {
        return services().stream()
                .flatMap(service -> Sample.read(service.path("name").asText(), metrics(service)).stream())
                .toList();
    }

    private String metrics(JsonNode service) {
        URI address = URI.create(service.path("url").asText() + "/q/metrics");
        return new String(api.bytes(address, "text/plain"), StandardCharsets.UTF_8);
    }

    /** Returns the log file of every service by its name. */
    Map<String, Path> logs() {
        return services().stream()
                .collect(Collectors.toMap(
                        service -> service.path("name").asText(),
                        service -> Path.of(service.path("log").asText())));
    }

    private List<JsonNode> services() {
        try {
            JsonNode note =
                    new ObjectMapper().readTree(home.resolve("launcher.json").toFile());
            return StreamSupport.stream(note.path("services").spliterator(), false)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the live processes of one service. */
    List<ProcessHandle> processes(String service) {
        return launcher.descendants()
                .filter(p -> p.info().commandLine().orElse("").contains(service))
                .toList();
    }

    /** Returns every live process that the launcher started. */
    List<ProcessHandle> children() {
        return launcher.descendants().toList();
    }

    /** Kills the launcher alone, as the kernel would. */
    void killLauncher() {
        launcher.destroyForcibly();
    }

    @Override
    public void close() {
        launcher.destroy();
        try {
            if (!launcher.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
                launcher.descendants().forEach(ProcessHandle::destroyForcibly);
                launcher.destroyForcibly();
                throw new IllegalStateException("the launcher did not end within " + STOP);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
