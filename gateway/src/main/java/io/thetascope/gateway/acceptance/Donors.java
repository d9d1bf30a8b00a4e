package io.thetascope.gateway.acceptance;

import io.thetascope.contracts.event.RunFinished;
import io.thetascope.contracts.identity.Attempt;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.identity.StudyId;
import io.thetascope.contracts.run.RunOutcome;
import io.thetascope.contracts.run.RunResult;
import io.thetascope.gateway.database.Session;
import io.thetascope.gateway.outbox.Outbox;
import io.thetascope.gateway.projection.Completion;
import io.thetascope.gateway.projection.RunRows;
import io.thetascope.gateway.projection.RunStanding;
import io.thetascope.gateway.projection.RunState;
import io.thetascope.gateway.projection.StudyRows;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Runs that start from the end of another run. They wait until it finished; where it cannot, they are skipped, and where it
 * finished after all, as when its job was sent again, they get their chance.
 */
final class Donors {
    /** What a waiting run {@code r} must fulfil to be queued. */
    static final String READY = "(r.donor_run_id IS NULL OR EXISTS (SELECT 1 FROM run d WHERE d.run_id = r.donor_run_id"
            + " AND d.state = 'finished'))";

    private final Session session;
    private final StudyFiles files;
    private final Instant now;

    Donors(Session session, StudyFiles files, Instant now) {
        this.session = session;
        this.files = files;
        this.now = now;
    }

    private record Recipient(
            RunId run,
            RunId donor,
            RunState donorState,
            @Nullable String donorReason) {}

    /** Settles the recipients of a study whose donors ended. */
    void settle(StudyId study) throws SQLException {
        for (Recipient late : recipients(study, RunState.SKIPPED, "d.state = 'finished'")) {
            new RunRows(session).change(late.run(), standing -> standing.reopened(now));
        }
        for (Recipient never : recipients(study, RunState.WAITING, "d.state IN ('diverged', 'failed', 'skipped')")) {
            if (!isOutdated(never)) {
                skip(never);
            }
        }
    }

    /**
     * While the read model is rebuilt from the topics it knows only what happened up to some fact, and the donor may have
     * finished after that. The store knows how it stands: what it says is taken over, and nothing is announced.
     */
    private boolean isOutdated(Recipient recipient) throws SQLException {
        Optional<RunResult> finished =
                files.result(recipient.donor()).filter(donor -> donor.outcome() == RunOutcome.FINISHED);
        Optional<RunResult> ended = files.result(recipient.run());
        for (RunResult known : Stream.concat(finished.stream(), ended.stream()).toList()) {
            KnownResults.apply(session, known, now);
            complete(known.runId());
        }
        return finished.isPresent()
                || ended.isPresent()
                || files.owner(recipient.run())
                        .filter(owner -> owner.isLive(now, LostJobs.SILENCE))
                        .isPresent();
    }

    /** The row changes with the announcement, so that a donor that finishes meanwhile is the later of the two. */
    private void skip(Recipient recipient) throws SQLException {
        String reason = recipient.donorReason();
        String text = "donor " + recipient.donor() + " " + word(recipient.donorState())
                + (reason == null ? "" : ": " + reason);
        RunFinished skipped =
                new RunFinished(recipient.run(), Attempt.START, RunOutcome.SKIPPED, text, null, null, now);
        RunRows runs = new RunRows(session);
        if (runs.change(recipient.run(), (RunStanding s) -> s.after(skipped)).any()) {
            runs.reason(recipient.run(), text);
            new Outbox(session).add(skipped);
            complete(recipient.run());
        }
    }

    /** The fact, when it comes back, changes nothing any more. */
    private void complete(RunId run) throws SQLException {
        for (StudyId study : new StudyRows(session).wanting(run)) {
            new Completion(session).check(study, now);
        }
    }

    private static String word(RunState state) {
        return state == RunState.SKIPPED ? "was skipped" : state.word();
    }

    private List<Recipient> recipients(StudyId study, RunState state, String donor) throws SQLException {
        return session.list(
                "SELECT r.run_id, d.run_id AS donor, d.state AS donor_state, d.reason AS donor_reason FROM study_run s"
                        + " JOIN run r ON r.run_id = s.run_id JOIN run d ON d.run_id = r.donor_run_id"
                        + " WHERE s.study_id = ? AND r.state = ? AND " + donor + " ORDER BY s.ordinal",
                row -> new Recipient(
                        new RunId(row.text("run_id")),
                        new RunId(row.text("donor")),
                        RunState.of(row.text("donor_state")),
                        row.textOrNull("donor_reason")),
                study,
                state);
    }
}
