package io.thetascope.gateway.testing;

import io.thetascope.gateway.database.Database;
import java.util.List;
import java.util.UUID;
import org.h2.jdbcx.JdbcDataSource;

/** An empty read model in memory, of its own for every caller. */
public final class TestDatabase {
    private static final List<String> MIGRATIONS = List.of(
            "V1__read_model.sql",
            "V2__donors.sql",
            "V3__validation_evidence_environments.sql",
            "V4__runs_of_analyses.sql",
            "V6__trace_parents.sql");

    private TestDatabase() {}

    public static Database create() {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DB_CLOSE_DELAY=-1");
        Database database = new Database(source);
        for (String migration : MIGRATIONS) {
            database.run(session -> session.update("RUNSCRIPT FROM 'classpath:db/migration/" + migration + "'"));
        }
        return database;
    }
}
