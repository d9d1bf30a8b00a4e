package io.thetascope.gateway.projection;

import io.thetascope.gateway.database.Session;
import java.sql.SQLException;

/** How far each topic was applied; kept with the rows, so that both are lost or kept together. */
public final class Offsets {
    private final Session session;

    /** Works within this transaction. */
    public Offsets(Session session) {
        this.session = session;
    }

    /** Returns the first offset that was not applied; 0 where nothing was. */
    public long next(String topic, int partition) throws SQLException {
        return session.number(
                "SELECT next_offset FROM fact_offset WHERE topic = ? AND partition_no = ?", topic, partition);
    }

    /** Notes that a record was applied. */
    public void applied(FactPosition position) throws SQLException {
        int changed = session.update(
                "UPDATE fact_offset SET next_offset = ? WHERE topic = ? AND partition_no = ?",
                position.offset() + 1,
                position.topic(),
                position.partition());
        if (changed == 0) {
            session.update(
                    "INSERT INTO fact_offset (topic, partition_no, next_offset) VALUES (?, ?, ?)",
                    position.topic(),
                    position.partition(),
                    position.offset() + 1);
        }
    }
}
