package io.thetascope.gateway.access;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Knows who presents a static token; leaves every other token to the issuer's mechanism. */
@Singleton
final class BearerTokens implements HttpAuthenticationMechanism {
    private static final String SCHEME = "Bearer ";
    private static final int BEFORE_ISSUER = 1_000; // the issuer's mechanism has one more than the default

    private final StaticTokens tokens;

    @Inject
    BearerTokens(StaticTokens tokens) {
        this.tokens = tokens;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext request, IdentityProviderManager identities) {
        Set<String> roles = roles(request.request().getHeader(HttpHeaders.AUTHORIZATION));
        if (roles.isEmpty()) {
            return Uni.createFrom().nullItem();
        }
        String name = roles.contains(Role.OPERATOR) ? Role.OPERATOR : Role.VIEWER;
        return Uni.createFrom()
                .item(QuarkusSecurityIdentity.builder()
                        .setPrincipal(new QuarkusPrincipal("static-" + name))
                        .addRoles(roles)
                        .build());
    }

    private Set<String> roles(@Nullable String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Set.of();
        }
        return tokens.roles(authorization.substring(SCHEME.length()).strip());
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext request) {
        return Uni.createFrom()
                .item(new ChallengeData(HttpResponseStatus.UNAUTHORIZED.code(), "WWW-Authenticate", "Bearer"));
    }

    /** Before the issuer's, which refuses what it did not issue. */
    @Override
    public int getPriority() {
        return DEFAULT_PRIORITY + BEFORE_ISSUER;
    }
}
