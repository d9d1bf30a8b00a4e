package io.thetascope.testkit;

import java.util.function.BooleanSupplier;
import org.testcontainers.DockerClientFactory;

/** Where the tests' broker, object store and database come from. */
enum InfraKind {
    /** Containers, through Testcontainers. */
    DOCKER,
    /** The test's own JVM and its child processes. */
    EMBEDDED;

    /** Returns what {@code -Dtest.infra} asks for: {@code docker}, {@code embedded} or, the default, {@code auto}. */
    static InfraKind wanted() {
        return of(
                System.getProperty("test.infra", "auto"),
                () -> DockerClientFactory.instance().isDockerAvailable());
    }

    /**
     * Decides.
     *
     * @param engine whether a Docker engine answers; asked only where the answer matters
     * @throws IllegalStateException when containers are demanded and no engine answers
     */
    static InfraKind of(String wanted, BooleanSupplier engine) {
        return switch (wanted) {
            case "embedded" -> EMBEDDED;
            case "auto" -> engine.getAsBoolean() ? DOCKER : EMBEDDED;
            case "docker" -> {
                if (!engine.getAsBoolean()) {
                    throw new IllegalStateException("test.infra=docker, but no Docker engine answers: start one, or use"
                            + " -Dtest.infra=embedded");
                }
                yield DOCKER;
            }
            default -> throw new IllegalArgumentException("test.infra must be auto, docker or embedded: " + wanted);
        };
    }
}
