package io.thetascope.gateway.acceptance;

import io.opentelemetry.context.Context;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.identity.StudyId;
import io.thetascope.gateway.database.Database;
import io.thetascope.messaging.trace.TraceParent;
import java.util.Optional;

/** The traces of the requests that asked for studies, in which goes on what is done for a study without being asked. */
public final class StudyTraces {
    private final Database database;

    /** Reads them here. */
    public StudyTraces(Database database) {
        this.database = database;
    }

    /** Returns the trace of a study; none when it was asked for outside any. */
    public Context of(StudyId study) {
        return first("SELECT trace_parent FROM study WHERE study_id = ? AND trace_parent IS NOT NULL", study);
    }

    /** Returns the trace of the first running study that wants a run. */
    public Context of(RunId run) {
        return first(
                "SELECT s.trace_parent FROM study s JOIN study_run r ON r.study_id = s.study_id WHERE r.run_id = ?"
                        + " AND s.state = 'running' AND s.trace_parent IS NOT NULL ORDER BY s.ordinal LIMIT 1",
                run);
    }

    private Context first(String sql, Object id) {
        Optional<String> kept = database.call(session -> session.first(sql, row -> row.text("trace_parent"), id));
        return TraceParent.context(kept.orElse(null));
    }
}
