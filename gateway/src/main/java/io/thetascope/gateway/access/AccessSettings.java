package io.thetascope.gateway.access;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;

/** Static tokens. An issuer of tokens is named by Quarkus' own keys, such as QUARKUS_OIDC_AUTH_SERVER_URL. */
@ConfigMapping(prefix = "thetascope.gateway.auth")
public interface AccessSettings {
    /** The file with the token of operators, who may do everything. */
    Optional<Path> tokenFile();

    /** The file with the token of viewers, who may read and plan. */
    Optional<Path> viewerTokenFile();
}
