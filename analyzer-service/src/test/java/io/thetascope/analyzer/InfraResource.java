package io.thetascope.analyzer;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.thetascope.testkit.Infra;
import java.util.Map;

/** Starts broker and object store before the service, and tells it where they are. */
public final class InfraResource implements QuarkusTestResourceLifecycleManager {
    @Override
    public Map<String, String> start() {
        Infra infra = Infra.get();
        return Map.of(
                "kafka.bootstrap.servers", infra.bootstrapServers(),
                "thetascope.store.endpoint", infra.s3Endpoint(),
                "thetascope.store.access-key", infra.accessKey(),
                "thetascope.store.secret-key", infra.secretKey(),
                "thetascope.store.bucket", infra.bucket());
    }

    @Override
    public void stop() {
        // gone with this JVM
    }
}
