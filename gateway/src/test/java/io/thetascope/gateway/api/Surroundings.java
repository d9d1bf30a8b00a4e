package io.thetascope.gateway.api;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.thetascope.testkit.Infra;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Map;

/** Broker, store and an empty database for the gateway under test. */
public final class Surroundings implements QuarkusTestResourceLifecycleManager {
    @Override
    public Map<String, String> start() {
        Infra infra = Infra.get();
        try {
            return Map.of(
                    "kafka.bootstrap.servers", infra.bootstrapServers(),
                    "thetascope.store.endpoint", infra.s3Endpoint(),
                    "thetascope.store.access-key", infra.accessKey(),
                    "thetascope.store.secret-key", infra.secretKey(),
                    "thetascope.store.bucket", infra.bucket(),
                    "thetascope.download", "false",
                    "thetascope.data-dir", Files.createTempDirectory("no-data").toString(),
                    "thetascope.cache-dir", Files.createTempDirectory("cache").toString(),
                    "quarkus.datasource.h2.jdbc.url",
                            "jdbc:h2:mem:gateway;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DB_CLOSE_DELAY=-1");
        } catch (IOException e) {
            throw new UncheckedIOException("no temporary folder", e);
        }
    }

    @Override
    public void stop() {
        // the infrastructure ends with the JVM
    }
}
