package io.thetascope.gateway.access;

import io.thetascope.contracts.identity.ContentHash;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;

/** A token that does not expire. Only its hash is kept, and no message or text of this class holds it. */
final class StaticToken {
    static final int SHORTEST = 32;
    private static final int LONGEST = 4_096;
    /** What RFC 6750 lets a bearer token consist of. */
    private static final String ALLOWED = "[A-Za-z0-9._~+/-]+=*";

    private final byte[] hash;

    private StaticToken(byte[] hash) {
        this.hash = hash;
    }

    /**
     * Reads a token from its file; white space at its end is not part of it.
     *
     * @throws UnusableTokenException when the file cannot be read or holds no token
     */
    static StaticToken read(Path file) throws UnusableTokenException {
        try {
            if (Files.size(file) > LONGEST) {
                throw new UnusableTokenException(file, "is larger than " + LONGEST + " bytes");
            }
            return of(Files.readString(file, StandardCharsets.US_ASCII).stripTrailing(), file);
        } catch (IOException e) {
            throw new UnusableTokenException(
                    file, "cannot be read: " + e.getClass().getSimpleName());
        }
    }

    private static StaticToken of(String text, Path file) throws UnusableTokenException {
        if (text.length() < SHORTEST) {
            throw new UnusableTokenException(file, "has fewer than " + SHORTEST + " characters");
        }
        if (!text.matches(ALLOWED)) {
            throw new UnusableTokenException(file, "has other characters than letters, digits and ._~+/-=");
        }
        return new StaticToken(hash(text));
    }

    /** Takes the same time wherever the texts differ. */
    boolean matches(String presented) {
        return MessageDigest.isEqual(hash, hash(presented));
    }

    boolean isSameAs(StaticToken other) {
        return MessageDigest.isEqual(hash, other.hash);
    }

    private static byte[] hash(String text) {
        return ContentHash.sha256().digest(text.getBytes(StandardCharsets.UTF_8));
    }
}
