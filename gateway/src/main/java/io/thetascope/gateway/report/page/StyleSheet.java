package io.thetascope.gateway.report.page;

import io.thetascope.contracts.identity.ContentHash;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * The style sheet that a report carries.
 *
 * @param css its text
 */
record StyleSheet(String css) {
    static StyleSheet read() {
        try (InputStream in = ReportPage.class.getResourceAsStream("/report/report.css")) {
            if (in == null) {
                throw new IllegalStateException("report/report.css is missing from the program");
            }
            return new StyleSheet(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read report/report.css", e);
        }
    }

    /** Returns a policy under which a page may use this style and nothing else. */
    String policy() {
        byte[] hash = ContentHash.sha256().digest(css.getBytes(StandardCharsets.UTF_8));
        return "default-src 'none'; img-src data:; style-src 'sha256-"
                + Base64.getEncoder().encodeToString(hash) + "'; base-uri 'none'; form-action 'none'";
    }
}
