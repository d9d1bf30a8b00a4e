package io.thetascope.gateway.access;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * How the gateway tells its callers apart.
 *
 * @param staticTokens whether there are token files
 * @param issuer whether there is an issuer of tokens
 */
record Admission(boolean staticTokens, boolean issuer) {
    /** Whether everybody who reaches the gateway may do everything. */
    boolean open() {
        return !staticTokens && !issuer;
    }

    /** Returns why the gateway must not listen at an address; empty when it may. */
    Optional<String> refuses(String host) {
        if (!open() || isLoopback(host)) {
            return Optional.empty();
        }
        return Optional.of(
                "The gateway would listen at " + host + ", beyond loopback, and let everybody in: name a file"
                        + " with a token (THETASCOPE_GATEWAY_AUTH_TOKEN_FILE) or an issuer of tokens"
                        + " (QUARKUS_OIDC_AUTH_SERVER_URL), or let it listen at 127.0.0.1 (QUARKUS_HTTP_HOST).");
    }

    /** A name that is not known here is no loopback address. */
    private static boolean isLoopback(String host) {
        try {
            for (InetAddress address : InetAddress.getAllByName(host)) {
                if (!address.isLoopbackAddress()) {
                    return false;
                }
            }
            return !host.isBlank();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
