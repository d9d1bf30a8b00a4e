package io.thetascope.system;

import io.thetascope.launcher.infra.EmbeddedKafka;
import io.thetascope.launcher.infra.EmbeddedS3;
import java.nio.file.Path;

/** The launcher's broker or object store as a process of its own, so that each can be away while the services stay. */
public final class InfrastructureMain {
    private InfrastructureMain() {}

    /**
     * Serves until SIGTERM.
     *
     * @param args {@code kafka} or {@code s3}, the folder of its data, its port
     */
    public static void main(String[] args) throws Exception {
        Path dir = Path.of(args[1]);
        int port = Integer.parseInt(args[2]);
        AutoCloseable server = switch (args[0]) {
            case Deployment.KAFKA -> EmbeddedKafka.start(dir, port);
            case Deployment.S3 -> EmbeddedS3.start(dir, port);
            default -> throw new IllegalArgumentException("neither a broker nor a store: " + args[0]);
        };
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close(server), "stop"));
        Thread.currentThread().join();
    }

    private static void close(AutoCloseable server) {
        try {
            server.close();
        } catch (Exception e) {
            System.err.println("did not stop in order: " + e);
        }
    }
}
