package io.thetascope.gateway.acceptance;

import io.thetascope.artifacts.JobOwner;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.gateway.database.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the jobs of wanted runs again that nobody works on any more. A job too many does no harm: whoever takes it looks
 * for an owner and a result first. One thread at a time.
 */
public final class LostJobs {
    private static final Logger LOG = LoggerFactory.getLogger(LostJobs.class);
    /** After which nobody is believed to work on a run any more. */
    static final Duration SILENCE = Duration.ofMinutes(10);

    private final Database database;
    private final StudyFiles files;
    private final Queueing queueing;
    private final InstantSource clock;
    private final StudyTraces traces;
    private final Map<RunId, Seen> seen = new HashMap<>(); // a restart begins to wait anew

    /** Looks for them here. */
    public LostJobs(Database database, StudyFiles files, Queueing queueing, InstantSource clock) {
        this.database = database;
        this.files = files;
        this.queueing = queueing;
        this.clock = clock;
        this.traces = new StudyTraces(database);
    }

    /** Where a run stood, and since when. */
    private record Seen(RunId run, String standing, Instant since) {}

    /**
     * Looks at all runs that have a job.
     *
     * @return how many jobs were sent again
     */
    public int resend() {
        Instant now = clock.instant();
        List<Seen> open = open(now).stream().map(this::sinceWhen).toList();
        seen.clear();
        open.forEach(run -> seen.put(run.run(), run));
        List<RunId> silent = open.stream()
                .filter(run -> !now.isBefore(run.since().plus(SILENCE)))
                .map(Seen::run)
                .toList();
        return resend(silent, silent.size() == open.size(), now);
    }

    private Seen sinceWhen(Seen now) {
        Seen before = seen.get(now.run());
        return before != null && before.standing().equals(now.standing()) ? before : now;
    }

    /**
     * A run without an owner may just wait for its turn in a long queue, so it gets another job only when nothing moves.
     */
    private int resend(List<RunId> silent, boolean allSilent, Instant now) {
        Map<RunId, Optional<JobOwner>> owners = new HashMap<>();
        silent.forEach(run -> owners.put(run, files.owner(run)));
        boolean idle = allSilent && owners.values().stream().noneMatch(owner -> isLive(owner, now));
        int sent = 0;
        for (RunId run : silent) {
            Optional<JobOwner> owner = owners.getOrDefault(run, Optional.empty());
            if (owner.isPresent() ? !isLive(owner, now) : idle) {
                seen.remove(run); // waits as long again
                if (resent(run)) {
                    LOG.warn(
                            "job sent again run={} lastOwner={}",
                            run,
                            owner.map(JobOwner::worker).orElse("none"));
                    sent++;
                }
            }
        }
        return sent;
    }

    private boolean resent(RunId run) {
        return traces.of(run)
                .wrapSupplier(() -> database.call(session -> queueing.resend(session, run)))
                .get();
    }

    private static boolean isLive(Optional<JobOwner> owner, Instant now) {
        return owner.filter(o -> o.isLive(now, SILENCE)).isPresent();
    }

    private List<Seen> open(Instant now) {
        return database.call(session -> session.list(
                "SELECT r.run_id, r.state || '/' || COALESCE(r.attempt, '') || '/' || r.epoch || '/' || r.step"
                        + " AS standing FROM run r WHERE r.state IN ('queued', 'running') AND EXISTS (SELECT 1"
                        + " FROM study_run w JOIN study s ON s.study_id = w.study_id WHERE w.run_id = r.run_id"
                        + " AND s.state = 'running') ORDER BY r.run_id",
                row -> new Seen(new RunId(row.text("run_id")), row.text("standing"), now)));
    }
}
