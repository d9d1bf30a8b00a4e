package io.thetascope.gateway.acceptance;

import io.thetascope.contracts.event.RunControl;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.gateway.database.Session;
import io.thetascope.gateway.outbox.Outbox;
import java.sql.SQLException;
import java.time.Instant;

/** Tells trainers whether a run is wanted. */
final class Wanting {
    private final Session session;
    private final Instant now;

    Wanting(Session session, Instant now) {
        this.session = session;
        this.now = now;
    }

    /** The revision grows even over a database that was lost, since it is never below the clock. */
    void announce(RunId run, boolean wanted) throws SQLException {
        long last = session.number("SELECT control_revision FROM run WHERE run_id = ?", run);
        long revision = Math.max(last + 1, now.toEpochMilli());
        session.update("UPDATE run SET control_revision = ? WHERE run_id = ?", revision, run);
        new Outbox(session).add(new RunControl(run, wanted, revision));
    }
}
