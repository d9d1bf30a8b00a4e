package io.thetascope.gateway.database;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The current row of an answer. */
public final class Row {
    private final ResultSet result;

    Row(ResultSet result) {
        this.result = result;
    }

    /** Reads a text that is there. */
    public String text(String column) throws SQLException {
        return Objects.requireNonNull(result.getString(column), column);
    }

    /** Reads a text that may be absent. */
    public @Nullable String textOrNull(String column) throws SQLException {
        return result.getString(column);
    }

    /** Reads a whole number that is there. */
    public long number(String column) throws SQLException {
        return result.getLong(column);
    }

    /** Reads a whole number by its position, from 1. */
    public long number(int position) throws SQLException {
        return result.getLong(position);
    }

    /** Reads a whole number that is there and small. */
    public int integer(String column) throws SQLException {
        return result.getInt(column);
    }

    /** Reads a real number that is there. */
    public double real(String column) throws SQLException {
        return result.getDouble(column);
    }

    /** Reads a real number that may be absent. */
    public @Nullable Double realOrNull(String column) throws SQLException {
        double value = result.getDouble(column);
        return result.wasNull() ? null : value;
    }

    /** Reads an instant that may be absent. */
    public @Nullable Instant instantOrNull(String column) throws SQLException {
        OffsetDateTime time = result.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    /** Reads an instant that is there. */
    public Instant instant(String column) throws SQLException {
        return Objects.requireNonNull(instantOrNull(column), column);
    }
}
