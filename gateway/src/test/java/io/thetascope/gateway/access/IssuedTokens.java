package io.thetascope.gateway.access;

import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;

/** Tokens as an issuer makes them, with a key of the test profile. */
final class IssuedTokens {
    private final PrivateKey key;

    private IssuedTokens(PrivateKey key) {
        this.key = key;
    }

    static IssuedTokens ofIssuer() {
        return of("test.issuer");
    }

    static IssuedTokens ofStranger() {
        return of("test.stranger");
    }

    private static IssuedTokens of(String setting) {
        byte[] key = Base64.getDecoder().decode(ConfigProvider.getConfig().getValue(setting, String.class));
        try {
            return new IssuedTokens(KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(key)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the profile made no RSA key", e);
        }
    }

    String with(String... roles) {
        return claims(Guarded.AUDIENCE, roles).expiresIn(Duration.ofMinutes(5)).sign(key);
    }

    String expired(String... roles) {
        Instant then = Instant.parse("2026-01-01T00:00:00Z");
        return claims(Guarded.AUDIENCE, roles)
                .issuedAt(then)
                .expiresAt(then.plusSeconds(60))
                .sign(key);
    }

    String forAnother(String... roles) {
        return claims("another", roles).expiresIn(Duration.ofMinutes(5)).sign(key);
    }

    private static JwtClaimsBuilder claims(String audience, String... roles) {
        return Jwt.subject("somebody").audience(audience).claim("lab", Map.of("roles", List.of(roles)));
    }
}
