package io.thetascope.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PostgresIT {
    private final Postgres server = Postgres.get();

    @Test
    void aCopyHasWhatItsTemplateHadAndIsItsOwn() throws SQLException {
        String template = server.createDatabase();
        inside(template, "CREATE TABLE word (word VARCHAR)", "INSERT INTO word VALUES ('one')");
        String copy = server.copyOf(template);
        inside(copy, "INSERT INTO word VALUES ('two')");
        assertThat(words(copy)).containsExactly("one", "two");
        assertThat(words(template)).containsExactly("one");
    }

    @Test
    void textsAreOrderedAsInTheOfficialImage() throws SQLException {
        String database = server.createDatabase();
        inside(database, "CREATE TABLE word (word VARCHAR)", "INSERT INTO word VALUES ('B'), ('a')");
        assertThat(words(database)).containsExactly("a", "B");
    }

    private void inside(String database, String... statements) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private List<String> words(String database) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT word FROM word ORDER BY word")) {
            List<String> words = new ArrayList<>();
            while (rows.next()) {
                words.add(rows.getString(1));
            }
            return words;
        }
    }

    private Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(server.jdbcUrl(database), server.username(), server.password());
    }
}
