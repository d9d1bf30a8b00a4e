package io.thetascope.testkit;

import io.thetascope.launcher.infra.BrokerSettings;
import io.thetascope.launcher.infra.EmbeddedKafka;
import io.thetascope.launcher.infra.EmbeddedS3;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Broker and object store inside the test's own JVM, on free ports and a temporary folder. */
final class EmbeddedInfra implements Infra {
    /** Kafka's shortest: what a test waits for when a worker vanishes. */
    private static final BrokerSettings IMPATIENT = new BrokerSettings(Duration.ofSeconds(15), 5);

    private final Path dir;
    private final EmbeddedKafka kafka;
    private final EmbeddedS3 s3;

    private EmbeddedInfra(Path dir, EmbeddedKafka kafka, EmbeddedS3 s3) {
        this.dir = dir;
        this.kafka = kafka;
        this.s3 = s3;
    }

    static Infra start() throws IOException {
        Path dir = Files.createTempDirectory("thetascope-infra-");
        EmbeddedInfra infra = new EmbeddedInfra(
                dir, EmbeddedKafka.start(dir.resolve("kafka"), 0, IMPATIENT), EmbeddedS3.start(dir.resolve("s3"), 0));
        Runtime.getRuntime().addShutdownHook(new Thread(infra::stop, "test-infra-stop"));
        return infra;
    }

    @Override
    public String bootstrapServers() {
        return kafka.bootstrapServers();
    }

    @Override
    public String s3Endpoint() {
        return s3.endpoint().toString();
    }

    @Override
    public String accessKey() {
        return EmbeddedS3.ACCESS_KEY;
    }

    @Override
    public String secretKey() {
        return EmbeddedS3.SECRET_KEY;
    }

    @Override
    public String bucket() {
        return EmbeddedS3.BUCKET;
    }

    private void stop() {
        try {
            s3.close();
            kafka.close();
            Files.walkFileTree(dir, new Remover());
        } catch (IOException | RuntimeException e) {
            System.err.println("test infrastructure left behind in " + dir + ": " + e);
        }
    }

    private static final class Remover extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException cause) throws IOException {
            Files.delete(folder);
            return FileVisitResult.CONTINUE;
        }
    }
}
