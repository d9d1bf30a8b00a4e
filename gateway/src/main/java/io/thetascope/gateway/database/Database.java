package io.thetascope.gateway.database;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Runs work in transactions. */
public final class Database {
    private final DataSource source;

    /** Work that is done in one transaction. */
    @FunctionalInterface
    public interface Work<T> {
        /** Does it; what it throws rolls everything back. */
        T in(Session session) throws SQLException;
    }

    /** Work without an answer. */
    @FunctionalInterface
    public interface Change {
        /** Does it; what it throws rolls everything back. */
        void in(Session session) throws SQLException;
    }

    /** Takes connections from here. */
    public Database(DataSource source) {
        this.source = source;
    }

    /**
     * Does work in one transaction.
     *
     * @throws DatabaseUnavailableException when the database is away or the transaction lost a race: try again
     * @throws DatabaseFailedException when trying again will not help
     */
    public <T> T call(Work<T> work) {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            try {
                T answer = work.in(new Session(connection));
                connection.commit();
                return answer;
            } finally {
                connection.rollback(); // after a commit there is nothing to undo
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw translated(e);
        }
    }

    /** Does work without an answer in one transaction, as {@link #call} does. */
    public void run(Change change) {
        call(session -> {
            change.in(session);
            return true;
        });
    }

    private static RuntimeException translated(SQLException e) {
        return DatabaseUnavailableException.isTransient(e)
                ? new DatabaseUnavailableException("the database is away or busy: " + e.getMessage(), e)
                : new DatabaseFailedException("the database refused: " + e.getMessage(), e);
    }
}
