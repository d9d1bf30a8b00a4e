package io.thetascope.gateway.database;

import java.sql.SQLException;

/** The database refused a statement; trying again will not help. */
public final class DatabaseFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DatabaseFailedException(String message, SQLException cause) {
        super(message, cause);
    }
}
