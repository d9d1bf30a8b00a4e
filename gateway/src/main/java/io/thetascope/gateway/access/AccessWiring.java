package io.thetascope.gateway.access;

import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Makes from the settings what decides on access. */
final class AccessWiring {
    @Produces
    @Singleton
    StaticTokens tokens(AccessSettings settings) {
        try {
            return StaticTokens.read(settings);
        } catch (UnusableTokenException e) {
            throw new ConfigurationException(e.getMessage()); // alone, it is printed without a stack trace
        }
    }

    @Produces
    @Singleton
    Admission admission(
            StaticTokens tokens,
            @ConfigProperty(name = "quarkus.oidc.tenant-enabled", defaultValue = "true") boolean enabled,
            @ConfigProperty(name = "quarkus.oidc.auth-server-url") Optional<String> server,
            @ConfigProperty(name = "quarkus.oidc.public-key") Optional<String> key) {
        return new Admission(tokens.configured(), enabled && (server.isPresent() || key.isPresent()));
    }
}
