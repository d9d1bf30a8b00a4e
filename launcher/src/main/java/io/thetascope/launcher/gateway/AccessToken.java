package io.thetascope.launcher.gateway;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a gateway is shown to be let in. No message and no text of this class holds it. */
public final class AccessToken {
    private static final String ALLOWED = "[A-Za-z0-9._~+/-]+=*";

    private final String text;

    private AccessToken(String text) {
        this.text = text;
    }

    /**
     * Reads a token from its file; white space at its end is not part of it.
     *
     * @throws IOException when the file cannot be read or holds no token
     */
    public static AccessToken read(Path file) throws IOException {
        String text;
        try {
            text = Files.readString(file, StandardCharsets.ISO_8859_1).stripTrailing();
        } catch (IOException e) {
            throw new IOException(
                    "the token file " + file + " cannot be read: "
                            + e.getClass().getSimpleName(),
                    e);
        }
        if (!text.matches(ALLOWED)) {
            throw new IOException(
                    "the token file " + file + " holds no token: one line of letters, digits and ._~+/-=");
        }
        return new AccessToken(text);
    }

    String header() {
        return "Bearer " + text;
    }
}
