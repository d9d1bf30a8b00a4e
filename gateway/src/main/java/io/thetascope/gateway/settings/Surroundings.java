package io.thetascope.gateway.settings;

import io.thetascope.artifacts.ArtifactKeys;
import io.thetascope.artifacts.store.ObjectStore;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Says whether the object store answers and the facts flow. */
@Readiness
@Singleton
final class Surroundings implements HealthCheck {
    private final ObjectStore store;
    private final FactConsumer facts;

    @Inject
    Surroundings(ObjectStore store, FactConsumer facts) {
        this.store = store;
        this.facts = facts;
    }

    @Override
    public HealthCheckResponse call() {
        Optional<String> away = facts.paused().or(this::storeAway);
        return HealthCheckResponse.named("object store and facts")
                .status(away.isEmpty())
                .withData("waits-for", away.orElse("nothing"))
                .build();
    }

    private Optional<String> storeAway() {
        try {
            store.stat(ArtifactKeys.studies() + "readiness");
            return Optional.empty();
        } catch (RuntimeException e) {
            return Optional.of(e.toString());
        }
    }
}
