package io.thetascope.launcher.infra;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * A Kafka broker and its controller inside this process, on loopback only, with share groups enabled.
 *
 * <p>The folder keeps everything: a broker started on it again, on whatever port, has the same topics, records and
 * group offsets. One broker a folder at a time; Kafka's own lock file refuses a second one.
 */
public final class EmbeddedKafka implements AutoCloseable {
    private final KafkaRaftServer server;
    private final int port;

    private EmbeddedKafka(KafkaRaftServer server, int port) {
        this.server = server;
        this.port = port;
    }

    /**
     * Starts a broker and returns when it answers. Caller closes the result.
     *
     * @param dir the folder of its data; formatted on first use
     * @param port the port of the clients' listener; 0 for a free one
     */
    public static EmbeddedKafka start(Path dir, int port) throws IOException {
        return start(dir, port, BrokerSettings.DEFAULTS);
    }

    /** Starts a broker with other timings than the default ones. Caller closes the result. */
    public static EmbeddedKafka start(Path dir, int port, BrokerSettings settings) throws IOException {
        Files.createDirectories(dir);
        quietLog4j();
        int clients = Ports.resolve(port);
        int controller = Ports.resolve(0);
        format(dir);
        KafkaRaftServer server =
                new KafkaRaftServer(new KafkaConfig(settings.properties(dir, clients, controller), false), Time.SYSTEM);
        server.startup();
        return new EmbeddedKafka(server, clients);
    }

    /** Returns what clients connect to, as {@code host:port}. */
    public String bootstrapServers() {
        return Ports.LOOPBACK + ":" + port;
    }

    /** Returns the port of the clients' listener. */
    public int port() {
        return port;
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }

    /** The broker touches the log4j API although it logs through slf4j, which complains when it finds no provider. */
    private static void quietLog4j() {
        if (System.getProperty("log4j.provider") == null) {
            System.setProperty("log4j.provider", "org.apache.logging.log4j.simple.internal.SimpleProvider");
        }
    }

    private static void format(Path dir) throws IOException {
        if (Files.exists(dir.resolve("meta.properties"))) {
            return;
        }
        Formatter formatter = new Formatter();
        formatter
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .setClusterId(Uuid.randomUuid().toString())
                .setNodeId(BrokerSettings.NODE_ID)
                .setControllerListenerName(BrokerSettings.CONTROLLER_LISTENER)
                .setMetadataLogDirectory(dir.toString())
                .addDirectory(dir.toString())
                .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
                .setFeatureLevel("share.version", (short) 1);
        try {
            formatter.run();
        } catch (Exception e) {
            throw new IOException("cannot format the broker's folder " + dir, e);
        }
    }
}
