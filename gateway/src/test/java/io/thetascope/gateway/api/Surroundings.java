package io.thetascope.gateway.api;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.thetascope.gateway.testing.TestDatabase;
import io.thetascope.testkit.Infra;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;

/** Broker, store and an empty database for the gateway under test. */
public final class Surroundings implements QuarkusTestResourceLifecycleManager {
    @Override
    public Map<String, String> start() {
        Infra infra = Infra.get();
        Map<String, String> settings = new HashMap<>(TestDatabase.settings());
        settings.put("kafka.bootstrap.servers", infra.bootstrapServers());
        settings.put("thetascope.store.endpoint", infra.s3Endpoint());
        settings.put("thetascope.store.access-key", infra.accessKey());
        settings.put("thetascope.store.secret-key", infra.secretKey());
        settings.put("thetascope.store.bucket", infra.bucket());
        settings.put("thetascope.download", "false");
        settings.put("thetascope.data-dir", folder("no-data"));
        settings.put("thetascope.cache-dir", folder("cache"));
        return settings;
    }

    private static String folder(String prefix) {
        try {
            return Files.createTempDirectory(prefix).toString();
        } catch (IOException e) {
            throw new UncheckedIOException("no temporary folder", e);
        }
    }

    @Override
    public void stop() {
        // the infrastructure ends with the JVM
    }
}
