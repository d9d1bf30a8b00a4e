package io.thetascope.launcher.gateway;

import java.io.IOException;

/** The gateway wants another token, or one at all; asking again with the same is of no use. */
public final class AccessRefusedException extends IOException {
    private static final long serialVersionUID = 1;

    AccessRefusedException(boolean forbidden, boolean shown) {
        super(message(forbidden, shown));
    }

    private static String message(boolean forbidden, boolean shown) {
        if (forbidden) {
            return shown
                    ? "the gateway knows the token, but it does not give the role that this takes: use an operator's"
                    : "the gateway does not let this computer in: look at --url";
        }
        return shown
                ? "the gateway does not accept the token: look into the file that --token-file or THETASCOPE_TOKEN_FILE"
                        + " names; a token of an issuer may have expired"
                : "the gateway asks for a token: name the file with yours, --token-file FILE or THETASCOPE_TOKEN_FILE";
    }
}
