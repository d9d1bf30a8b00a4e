package io.thetascope.gateway.access;

import io.quarkus.oidc.OidcRequestContext;
import io.quarkus.oidc.OidcTenantConfig;
import io.quarkus.oidc.TenantConfigResolver;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;

/** Names no tenant of its own. That it is there lets the gateway start without an issuer of tokens. */
@Singleton
final class OptionalIssuer implements TenantConfigResolver {
    @Override
    public Uni<OidcTenantConfig> resolve(RoutingContext request, OidcRequestContext<OidcTenantConfig> context) {
        return Uni.createFrom().nullItem();
    }
}
