package io.thetascope.gateway.access;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.scheduler.Scheduled;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Ends the start of a gateway that would let everybody in from everywhere; then looks after the token files. */
@Singleton
final class AccessWatch {
    private static final int BEFORE_ALL = 1;

    private final Admission admission;
    private final StaticTokens tokens;
    private final String host;

    @Inject
    AccessWatch(Admission admission, StaticTokens tokens, @ConfigProperty(name = "quarkus.http.host") String host) {
        this.admission = admission;
        this.tokens = tokens;
        this.host = host;
    }

    void start(@Observes @Priority(BEFORE_ALL) StartupEvent event) {
        admission.refuses(host).ifPresent(reason -> {
            throw new ConfigurationException(reason);
        });
    }

    @Scheduled(every = "2s", delayed = "2s")
    void refresh() {
        tokens.refresh();
    }
}
