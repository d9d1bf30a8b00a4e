package io.thetascope.contracts.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Hashes from which ids, digests and seeds are made. */
public final class ContentHash {
    private static final int ID_HEX_DIGITS = 20;

    private ContentHash() {}

    /** Returns a fresh SHA-256, which every Java platform has. */
    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java platform lacks SHA-256", e);
        }
    }

    /** Returns the 64 lower-case hex digits of the SHA-256 of the text's UTF-8 bytes. */
    public static String hex(String text) {
        return HexFormat.of().formatHex(sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    static String id(char prefix, String canonicalJson) {
        return prefix + hex(canonicalJson).substring(0, ID_HEX_DIGITS);
    }

    static void requireId(char prefix, String value) {
        if (!value.matches(prefix + "[0-9a-f]{" + ID_HEX_DIGITS + "}")) {
            throw new IllegalArgumentException(
                    "an id here is '" + prefix + "' and " + ID_HEX_DIGITS + " hex digits: " + value);
        }
    }
}
