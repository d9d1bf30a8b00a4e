package io.thetascope.testkit;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;

/**
 * The PostgreSQL server of a test: one per JVM, started when first asked for, gone with the JVM. {@code -Dtest.infra}
 * says where it comes from, as for {@link Infra}.
 *
 * @param host where it listens
 * @param port where it listens
 * @param username of its superuser
 * @param password of its superuser
 */
public record Postgres(String host, int port, String username, String password) {
    private static final String MAINTENANCE = "postgres";

    /** Returns this JVM's server, started. */
    public static Postgres get() {
        return SharedPostgres.INSTANCE;
    }

    /** Returns the JDBC URL of a database. */
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://" + host + ":" + port + "/" + database;
    }

    /** Makes an empty database and returns its name. */
    public String createDatabase() {
        return copyOf("template1");
    }

    /** Makes a database with the content of another, to which nobody may be connected, and returns its name. */
    public String copyOf(String template) {
        String name = "test_" + UUID.randomUUID().toString().replace("-", "");
        try (Connection connection = DriverManager.getConnection(jdbcUrl(MAINTENANCE), username, password);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name + " TEMPLATE " + template);
            return name;
        } catch (SQLException e) {
            throw new IllegalStateException("no database like " + template + " at " + host + ":" + port, e);
        }
    }
}
