package io.thetascope.gateway.database;

import io.thetascope.messaging.TransientException;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Set;

/** The database is away, or a transaction lost a race; trying again is right. */
public final class DatabaseUnavailableException extends TransientException {
    private static final long serialVersionUID = 1L;

    /** SQLSTATE classes: connection, unique key (a race of two writers), rollback, resources, operator. */
    private static final Set<String> PASSING = Set.of("08", "23", "40", "53", "57", "90", "HY");

    DatabaseUnavailableException(String message, SQLException cause) {
        super(message, cause);
    }

    static boolean isTransient(SQLException e) {
        String state = e.getSQLState();
        return e instanceof SQLTransientException
                || e instanceof SQLRecoverableException
                || state == null
                || PASSING.contains(state.substring(0, Math.min(2, state.length())));
    }
}
