package io.thetascope.gateway.reading;

import io.thetascope.contracts.identity.StudyId;
import io.thetascope.gateway.database.Session;
import io.thetascope.gateway.projection.RunState;
import java.sql.SQLException;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * How much of a study's work is done. An epoch counts 1, an analysis a tenth of that, which is about what they cost for
 * the smallest network; for the larger ones analyses cost less.
 *
 * @param done work that is done
 * @param planned all work
 */
public record Progress(double done, double planned) {
    private static final double ANALYSIS = 0.1;
    /** The share of the work from which on an estimate is better than none. */
    private static final double TELLING = 0.01;

    /** Sums a study's work up. */
    public static Progress of(Session session, StudyId study) throws SQLException {
        double[] work = new double[2]; // done, planned
        session.list(
                "SELECT r.state, r.epoch, r.epochs FROM study_run s JOIN run r ON r.run_id = s.run_id"
                        + " WHERE s.study_id = ?",
                row -> {
                    int epochs = row.integer("epochs");
                    boolean over = RunState.of(row.text("state")).terminal();
                    work[0] += over ? epochs : Math.min(row.integer("epoch"), epochs);
                    work[1] += epochs;
                    return true;
                },
                study);
        long analyses = session.number("SELECT COUNT(*) FROM study_analysis WHERE study_id = ?", study);
        long open = session.number(
                "SELECT COUNT(*) FROM study_analysis s JOIN analysis a ON a.analysis_id = s.analysis_id"
                        + " WHERE s.study_id = ? AND a.outcome = 'planned'",
                study);
        return new Progress(work[0] + ANALYSIS * (analyses - open), work[1] + ANALYSIS * analyses);
    }

    /** Returns the share that is done, 0–1. */
    public double share() {
        return planned == 0 ? 1 : done / planned;
    }

    /**
     * Estimates the time that is left.
     *
     * @param shareAtStart that was done when the study came
     * @param elapsed since then
     * @return seconds; empty before a hundredth was done
     */
    public OptionalLong etaSeconds(double shareAtStart, Duration elapsed) {
        double gained = share() - shareAtStart;
        return gained >= TELLING
                ? OptionalLong.of(Math.round(elapsed.toMillis() / 1000.0 * (1 - share()) / gained))
                : OptionalLong.empty();
    }
}
