package io.thetascope.trainer.worker;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.thetascope.testkit.Infra;
import java.util.Map;

/** Points the application at the test's broker and object store. */
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
                "thetascope.trainer.device", "cpu");
    }

    @Override
    public void stop() {}
}
