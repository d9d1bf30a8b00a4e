package io.thetascope.gateway.access;

import java.nio.file.Path;

/** A token file is no good; the message names the file and the remedy, never what is in it. */
final class UnusableTokenException extends Exception {
    private static final long serialVersionUID = 1L;

    UnusableTokenException(Path file, String reason) {
        super("the token file " + file + " " + reason + "; write a token of at least " + StaticToken.SHORTEST
                + " characters into it, such as openssl rand -hex 32 gives");
    }
}
