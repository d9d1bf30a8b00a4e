package io.thetascope.system;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Broker, object store and the packaged services, each a process of its own that can be stopped, killed and started again
 * by name. Everything listens on loopback; what a process says is in {@code <name>.log}. A service gets the environment
 * that its caller names and nothing of the test's own, so a compose file's or a pod's can be tried as it is.
 *
 * <p>Not for use by several threads. Caller closes it.
 */
final class Deployment implements AutoCloseable {
    static final String KAFKA = "kafka";
    static final String S3 = "s3";

    private static final LongSupplier NANOS = System::nanoTime;
    private static final Path ROOT = Path.of(System.getProperty("thetascope.root"));
    private static final String LOOPBACK = "127.0.0.1";
    /** The broker logs through slf4j, but touches the log4j API, which complains when it finds no provider. */
    private static final String QUIET = "org.apache.logging.log4j.simple.internal.SimpleProvider";

    private static final Duration START = Duration.ofMinutes(3);
    private static final Duration STOP = Duration.ofSeconds(90); // the launcher's grace: a trainer saves its position

    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, Part> parts = new LinkedHashMap<>();
    private final Path dir;

    /** A process that can be started any number of times. */
    private static final class Part {
        private final ProcessBuilder command;
        private final int port;
        private Process process;

        Part(ProcessBuilder command, int port, Process process) {
            this.command = command;
            this.port = port;
            this.process = process;
        }
    }

    private Deployment(Path dir) {
        this.dir = dir;
    }

    /** Nothing yet; whoever calls starts a broker and a store of his choice with {@link #startServer}. */
    static Deployment bare(Path dir) throws IOException {
        return new Deployment(Files.createDirectories(dir));
    }

    /** Starts a broker and an object store whose data is kept in this folder, and waits until both answer. */
    static Deployment infrastructure(Path dir) throws IOException {
        Deployment deployment = new Deployment(Files.createDirectories(dir));
        try {
            deployment.launchInfrastructure(KAFKA);
            deployment.launchInfrastructure(S3);
            deployment.awaitReady(KAFKA);
            deployment.awaitReady(S3);
            return deployment;
        } catch (IOException | RuntimeException e) {
            deployment.closeAfter(e);
            throw e;
        }
    }

    String bootstrapServers() {
        return LOOPBACK + ":" + port(KAFKA);
    }

    /** Returns the object store's URL; keys and bucket are the launcher's. */
    URI store() {
        return URI.create("http://" + LOOPBACK + ":" + port(S3));
    }

    /** Returns where a service answers. */
    URI url(String name) {
        return URI.create("http://" + LOOPBACK + ":" + port(name));
    }

    Path log(String name) {
        return dir.resolve(name + ".log");
    }

    /** Starts the one process of a module, such as {@code gateway} or {@code trainer-service}. */
    void start(String module, Map<String, String> environment) throws IOException {
        start(module, module, environment);
    }

    /**
     * Starts a packaged service; returns at once.
     *
     * @param name unique, such as {@code trainer-2}
     * @param module whose package it is
     * @param environment all that it gets, but for address and port, which are set here, and its parent, with which it leaves
     */
    void start(String name, String module, Map<String, String> environment) throws IOException {
        int port = freePort();
        ProcessBuilder command = new ProcessBuilder(
                java(),
                "-jar",
                ROOT.resolve(module)
                        .resolve("target/quarkus-app/quarkus-run.jar")
                        .toString());
        command.environment().clear();
        command.environment().putAll(environment);
        command.environment().put("QUARKUS_HTTP_HOST", LOOPBACK);
        command.environment().put("QUARKUS_HTTP_PORT", Integer.toString(port));
        command.environment()
                .put(
                        "THETASCOPE_PARENT_PID",
                        Long.toString(ProcessHandle.current().pid()));
        launch(name, command, port);
    }

    /** Starts another server than the packaged ones, on a port of {@link #freePort}; returns at once. */
    void startServer(String name, int port, List<String> command) throws IOException {
        launch(name, new ProcessBuilder(command), port);
    }

    /** Runs a command until it ends. */
    void runToEnd(String name, List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log(name).toFile())
                .start();
        if (!gone(process) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IllegalStateException(name + " failed:\n" + Files.readString(log(name)));
        }
    }

    /** Returns the command that runs a class of the launcher's class path; it ends with the test, whatever ended that. */
    static List<String> watched(String main, String... args) {
        List<String> command = new ArrayList<>(
                List.of(java(), "-Xmx512m", "-XX:+UseSerialGC", "-Dlog4j.provider=" + QUIET, "-cp", launcherClasses()));
        command.add("io.thetascope.launcher.process.WatchedMain");
        command.add(main);
        command.addAll(List.of(args));
        return command;
    }

    /** Starts what was stopped or killed again: the same command, environment, port and data. */
    void restart(String name) throws IOException {
        Part part = part(name);
        if (part.process.isAlive()) {
            throw new IllegalStateException(name + " runs already");
        }
        part.process = part.command.start();
    }

    /** Asks a process to leave (SIGTERM) and waits until it is gone; returns how long it took. */
    Duration stop(String name) {
        long begun = NANOS.getAsLong();
        Process process = part(name).process;
        process.toHandle().destroy(); // not Process.destroy: that closes the child's input too
        if (!gone(process)) {
            throw new IllegalStateException(name + " did not leave within " + STOP + "; see " + log(name));
        }
        return Duration.ofNanos(NANOS.getAsLong() - begun);
    }

    /** Ends a process as the kernel would (SIGKILL) and waits until it is gone. */
    void kill(String name) {
        Process process = part(name).process;
        process.toHandle().destroyForcibly();
        if (!gone(process)) {
            throw new IllegalStateException(name + " outlived SIGKILL");
        }
    }

    /** Whether its process is there. */
    boolean isAlive(String name) {
        return part(name).process.isAlive();
    }

    /** Waits until a service says that it is ready, or the broker or the store takes connections. */
    void awaitReady(String name) {
        await(name).atMost(START).pollInterval(Duration.ofMillis(100)).until(() -> {
            if (!isAlive(name)) {
                throw new IllegalStateException(name + " ended:\n" + Files.readString(log(name)));
            }
            return isReady(name);
        });
    }

    /** Whether a service says now that it is ready, or the broker or the store takes connections. */
    boolean isReady(String name) {
        return isInfrastructure(name) ? listens(port(name)) : health(name) == 200;
    }

    /** Returns the HTTP status of a service's readiness; 0 when it does not answer. */
    int health(String name) {
        HttpRequest request = HttpRequest.newBuilder(url(name).resolve("/q/health/ready"))
                .timeout(Duration.ofSeconds(10))
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            return 0; // not listening yet, or no more
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Asks everything to leave, the infrastructure last, and ends by force what does not. */
    @Override
    public void close() {
        List<String> names = new ArrayList<>(parts.keySet());
        List<String> services = names.stream().filter(n -> !isInfrastructure(n)).toList();
        end(services);
        end(names.stream().filter(Deployment::isInfrastructure).toList());
    }

    /** Closes it because of a failure, which stays the one that is told. */
    void closeAfter(Exception failure) {
        try {
            close();
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    private void end(List<String> names) {
        names.forEach(name -> part(name).process.toHandle().destroy());
        List<String> stubborn =
                names.stream().filter(name -> !gone(part(name).process)).toList();
        stubborn.forEach(this::kill);
        if (!stubborn.isEmpty()) {
            throw new IllegalStateException("killed, because they did not leave within " + STOP + ": " + stubborn);
        }
    }

    private void launchInfrastructure(String name) throws IOException {
        int port = freePort();
        List<String> command = watched(
                InfrastructureMain.class.getName(), name, dir.resolve(name).toString(), Integer.toString(port));
        launch(name, new ProcessBuilder(command), port);
    }

    private static String launcherClasses() {
        return ROOT.resolve("launcher/target/thetascope-launcher.jar") + ":" + ROOT.resolve("launcher/target/lib/*")
                + ":" + ROOT.resolve("system-tests/target/test-classes");
    }

    private void launch(String name, ProcessBuilder command, int port) throws IOException {
        if (parts.containsKey(name)) {
            throw new IllegalArgumentException(name + " was started before; restart it");
        }
        command.directory(Files.createDirectories(dir.resolve(name)).toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log(name).toFile()));
        parts.put(name, new Part(command, port, command.start()));
    }

    private Part part(String name) {
        Part part = parts.get(name);
        if (part == null) {
            throw new IllegalArgumentException(name + " was never started");
        }
        return part;
    }

    private int port(String name) {
        return part(name).port;
    }

    private static boolean gone(Process process) {
        try {
            return process.waitFor(STOP.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean isInfrastructure(String name) {
        return name.equals(KAFKA) || name.equals(S3);
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** Returns a port that is free at this moment. */
    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
