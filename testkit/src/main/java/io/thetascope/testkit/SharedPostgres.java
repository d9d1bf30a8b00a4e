package io.thetascope.testkit;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** Holds the one PostgreSQL server of this JVM; loading the class starts it. */
final class SharedPostgres {
    static final Postgres INSTANCE = InfraKind.wanted() == InfraKind.DOCKER ? container() : embedded();

    private SharedPostgres() {}

    /** Testcontainers removes it when the JVM ends. */
    private static Postgres container() {
        PostgreSQLContainer container = new PostgreSQLContainer("postgres:17");
        container.start();
        return new Postgres(
                container.getHost(),
                container.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT),
                container.getUsername(),
                container.getPassword());
    }

    /** A child process on a temporary folder, stopped by a shutdown hook of the library. */
    private static Postgres embedded() {
        try {
            EmbeddedPostgres server = EmbeddedPostgres.builder()
                    // texts are ordered as in the official image, not by their bytes
                    .setLocaleConfig("locale-provider", "icu")
                    .setLocaleConfig("icu-locale", "en-US")
                    .start();
            return new Postgres("127.0.0.1", server.getPort(), "postgres", "postgres");
        } catch (IOException e) {
            throw new UncheckedIOException("the embedded PostgreSQL did not start", e);
        }
    }
}
