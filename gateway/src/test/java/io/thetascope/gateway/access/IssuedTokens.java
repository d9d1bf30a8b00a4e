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
    private static final Instant LONG_AGO = Instant.parse("2026-01-01T00:00:00Z");

    private final PrivateKey key;
    private final String issuer;

    private IssuedTokens(PrivateKey key, String issuer) {
        this.key = key;
        this.issuer = issuer;
    }

    static IssuedTokens ofIssuer() {
        return of("test.key", setting("test.issuer"));
    }

    /** Signed by somebody else. */
    static IssuedTokens forged() {
        return of("test.other-key", setting("test.issuer"));
    }

    /** Signed with the right key, in another's name. */
    static IssuedTokens ofAnother() {
        return of("test.key", "http://another.example");
    }

    private static String setting(String name) {
        return ConfigProvider.getConfig().getValue(name, String.class);
    }

    private static IssuedTokens of(String setting, String issuer) {
        byte[] key = Base64.getDecoder().decode(ConfigProvider.getConfig().getValue(setting, String.class));
        try {
            return new IssuedTokens(
                    KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(key)), issuer);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the profile made no RSA key", e);
        }
    }

    String with(String... roles) {
        return claims(Guarded.AUDIENCE, roles)
                .expiresIn(Duration.ofMinutes(5))
                .jws()
                .keyId(Issuer.KEY_ID)
                .sign(key);
    }

    String expired(String... roles) {
        return claims(Guarded.AUDIENCE, roles)
                .issuedAt(LONG_AGO)
                .expiresAt(LONG_AGO.plusSeconds(60))
                .jws()
                .keyId(Issuer.KEY_ID)
                .sign(key);
    }

    String forAnother(String... roles) {
        return claims("another", roles)
                .expiresIn(Duration.ofMinutes(5))
                .jws()
                .keyId(Issuer.KEY_ID)
                .sign(key);
    }

    private JwtClaimsBuilder claims(String audience, String... roles) {
        return Jwt.issuer(issuer).subject("somebody").audience(audience).claim("lab", Map.of("roles", List.of(roles)));
    }
}
