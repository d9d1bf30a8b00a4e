package io.thetascope.perturbation;

import io.thetascope.messaging.FactInbox;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Not ready while facts wait for something that is away, and says for what. */
@Readiness
class FactsReadiness implements HealthCheck {
    private final FactInbox inbox;

    FactsReadiness(FactInbox inbox) {
        this.inbox = inbox;
    }

    @Override
    public HealthCheckResponse call() {
        return inbox.paused()
                .map(away -> HealthCheckResponse.named("facts").down().withData("paused", away))
                .orElseGet(() -> HealthCheckResponse.named("facts").up())
                .build();
    }
}
