package io.thetascope.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Holds the one infrastructure of this JVM; loading the class starts it. */
final class SharedInfra {
    static final Infra INSTANCE = start(System.getProperty("test.infra", "auto"));

    private SharedInfra() {}

    private static Infra start(String kind) {
        // containers are not used yet: "auto" is the embedded kind everywhere
        if (!kind.equals("auto") && !kind.equals("embedded")) {
            throw new IllegalArgumentException("test.infra must be auto or embedded: " + kind);
        }
        try {
            return EmbeddedInfra.start();
        } catch (IOException e) {
            throw new UncheckedIOException("the embedded test infrastructure did not start", e);
        }
    }
}
