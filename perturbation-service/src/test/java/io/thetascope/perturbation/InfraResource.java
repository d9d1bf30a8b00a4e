package io.thetascope.perturbation;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.thetascope.testkit.Infra;
import java.util.Map;

/** Points the service at the test's broker and store. */
public final class InfraResource implements QuarkusTestResourceLifecycleManager {
    @Override
    public Map<String, String> start() {
        Infra infra = Infra.get();
        return Map.of(
                "kafka.bootstrap.servers", infra.bootstrapServers(),
                "thetascope.store.endpoint", infra.s3Endpoint(),
                "thetascope.store.access-key", infra.accessKey(),
                "thetascope.store.secret-key", infra.secretKey(),
                "thetascope.store.bucket", infra.bucket(),
                "quarkus.http.test-port", "0");
    }

    @Override
    public void stop() {
        // other test classes of this JVM go on using it
    }
}
