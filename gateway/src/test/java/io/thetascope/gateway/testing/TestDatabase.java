package io.thetascope.gateway.testing;

import io.thetascope.gateway.database.Database;
import io.thetascope.testkit.Postgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** An empty read model of its own for every caller: H2 in memory, or with {@code -Dtest.database=postgresql} PostgreSQL. */
public final class TestDatabase {
    private static final boolean POSTGRESQL = "postgresql".equals(System.getProperty("test.database"));
    private static final List<String> MIGRATIONS = List.of(
            "V1__read_model.sql",
            "V2__donors.sql",
            "V3__validation_evidence_environments.sql",
            "V4__runs_of_analyses.sql",
            "V5__resent_letters.sql",
            "V6__waiting_times.sql",
            "V7__trace_parents.sql");

    private TestDatabase() {}

    public static Database create() {
        return POSTGRESQL ? new Database(postgresql(Postgres.get().copyOf(Template.NAME))) : h2();
    }

    /** Runs one migration. */
    public static void migrate(Database database, String migration) {
        String statements =
                POSTGRESQL ? script(migration) : "RUNSCRIPT FROM 'classpath:db/migration/" + migration + "'";
        database.run(session -> session.update(statements));
    }

    /** Returns what makes the gateway under test use an empty database of the chosen kind. */
    public static Map<String, String> settings() {
        if (!POSTGRESQL) {
            return Map.of(
                    "quarkus.datasource.h2.jdbc.url",
                    "jdbc:h2:mem:gateway;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DB_CLOSE_DELAY=-1");
        }
        Postgres server = Postgres.get();
        return Map.of(
                "quarkus.datasource.postgresql.jdbc.url", server.jdbcUrl(server.createDatabase()),
                "quarkus.datasource.postgresql.username", server.username(),
                "quarkus.datasource.postgresql.password", server.password());
    }

    private static Database h2() {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DB_CLOSE_DELAY=-1");
        Database database = new Database(source);
        migrate(database);
        return database;
    }

    private static void migrate(Database database) {
        MIGRATIONS.forEach(migration -> migrate(database, migration));
    }

    private static String script(String migration) {
        try (InputStream file = Objects.requireNonNull(
                TestDatabase.class.getResourceAsStream("/db/migration/" + migration), migration)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(migration, e);
        }
    }

    private static DataSource postgresql(String database) {
        Postgres server = Postgres.get();
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(server.jdbcUrl(database));
        source.setUser(server.username());
        source.setPassword(server.password());
        return source;
    }

    /** Migrated once a JVM; every read model is a copy of it. */
    private static final class Template {
        static final String NAME = migrated(Postgres.get().createDatabase());

        private static String migrated(String database) {
            migrate(new Database(postgresql(database)));
            return database;
        }
    }
}
