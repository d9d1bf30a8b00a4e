package io.thetascope.trainer.worker;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;

/** Alive while its threads are; ready while it can take jobs or works on one. */
@ApplicationScoped
public class TrainerHealth {
    private final TrainerService service;

    TrainerHealth(TrainerService service) {
        this.service = service;
    }

    @Produces
    @Liveness
    HealthCheck live() {
        return () -> HealthCheckResponse.named("trainer")
                .status(Optional.ofNullable(service.process())
                        .filter(TrainerProcess::isAlive)
                        .isPresent())
                .build();
    }

    @Produces
    @Readiness
    HealthCheck ready() {
        return () -> {
            TrainerProcess process = service.process();
            Optional<String> trouble = process == null ? Optional.of("starting") : process.trouble();
            return trouble.map(why -> HealthCheckResponse.named("queue")
                            .down()
                            .withData("trouble", why)
                            .build())
                    .orElseGet(() -> HealthCheckResponse.up("queue"));
        };
    }
}
