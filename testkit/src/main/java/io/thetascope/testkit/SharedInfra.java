package io.thetascope.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Holds the one infrastructure of this JVM; loading the class starts it. */
final class SharedInfra {
    static final Infra INSTANCE = start(InfraKind.wanted());

    private SharedInfra() {}

    private static Infra start(InfraKind kind) {
        try {
            return kind == InfraKind.DOCKER ? ContainerInfra.start() : EmbeddedInfra.start();
        } catch (IOException e) {
            throw new UncheckedIOException("the test infrastructure did not start: " + kind, e);
        }
    }
}
