package io.thetascope.gateway.inquiry;

import io.thetascope.contracts.analysis.AnalysisKind;
import io.thetascope.contracts.analysis.AnalysisRequest;
import io.thetascope.contracts.event.AnalysisCompleted;
import io.thetascope.contracts.event.AnalysisJob;
import io.thetascope.contracts.identity.AnalysisId;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.identity.StudyId;
import io.thetascope.contracts.run.RunSpec;
import io.thetascope.gateway.database.Database;
import io.thetascope.gateway.database.Session;
import io.thetascope.gateway.outbox.Outbox;
import io.thetascope.gateway.projection.AnalysisRows;
import io.thetascope.gateway.projection.Completion;
import io.thetascope.gateway.projection.StudyRows;
import io.thetascope.gateway.request.AskedMeasures;
import io.thetascope.gateway.request.Measure;
import io.thetascope.gateway.request.Problems;
import io.thetascope.gateway.request.RefusedRequestException;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the analyzers for measures of runs that ended: rows and jobs in one transaction. */
public final class Inquiries {
    private static final Logger LOG = LoggerFactory.getLogger(Inquiries.class);

    private final Database database;
    private final InstantSource clock;

    /** Keeps them in this database. */
    public Inquiries(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * What became of a measure that was asked for.
     *
     * @param analysisId computed from what is measured: the same however often it is asked for
     * @param kind of measure
     * @param state measured, or planned where a job was sent
     * @param reason why it is measured again; absent where it is new or measured
     */
    public record Answer(
            AnalysisId analysisId,
            AnalysisKind kind,
            String state,
            @Nullable String reason) {}

    /**
     * Asks for measures of a run. What is measured already is not measured again, but for the audit: damage comes later. A job
     * too many does no harm, so what is still planned gets another.
     *
     * @param asked as read
     * @param problems what was wrong with the reading
     * @return empty where there is no such run
     * @throws RefusedRequestException with everything that is wrong
     */
    public Optional<List<Answer>> ask(RunId run, AskedMeasures asked, Problems problems) {
        return database.call(session -> {
            Optional<AskedRun> found = AskedRun.find(session, run);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            List<AnalysisRequest> requests = requests(session, found.get(), asked, problems);
            problems.refuseIfAny();
            List<Answer> answers = new ArrayList<>();
            for (AnalysisRequest request : requests) {
                answers.add(ask(session, request));
            }
            LOG.info("analyses asked for run={} analyses={}", run, answers.size());
            return Optional.of(answers);
        });
    }

    private static List<AnalysisRequest> requests(Session session, AskedRun run, AskedMeasures asked, Problems problems)
            throws SQLException {
        run.refusal().ifPresent(remedy -> problems.add("", run.id(), remedy));
        Optional<AskedRun> other = Optional.empty();
        if (asked.with().isPresent()) {
            RunId with = asked.with().get();
            other = AskedRun.find(session, with);
            if (other.isEmpty()) {
                problems.add("with", with, "a run that there is");
            }
            other.flatMap(AskedRun::refusal).ifPresent(remedy -> problems.add("with", with, remedy));
        }
        RunSpec parent = parent(session, run, asked, problems).orElse(null);
        return run.spec() == null
                ? List.of()
                : AskedAnalyses.of(
                        asked.measures(),
                        new AskedAnalyses.Subjects(
                                run.spec(), other.map(AskedRun::spec).orElse(null), parent),
                        problems);
    }

    private static Optional<RunSpec> parent(Session session, AskedRun run, AskedMeasures asked, Problems problems)
            throws SQLException {
        boolean needed = asked.measures().stream().anyMatch(Measure::needsParent);
        if (!needed || run.spec() == null || run.spec().origin() == null) {
            return Optional.empty();
        }
        RunId id = run.spec().origin().parent();
        Optional<AskedRun> parent = AskedRun.find(session, id);
        String unknown = "a parent that is known here; send the study of " + id + " again";
        parent.map(AskedRun::refusal)
                .orElse(Optional.of(unknown))
                .ifPresent(remedy -> problems.add("", id, "a retraining of " + remedy));
        return parent.map(AskedRun::spec);
    }

    private Answer ask(Session session, AnalysisRequest request) throws SQLException {
        AnalysisId id = request.id();
        AnalysisRows rows = new AnalysisRows(session);
        rows.plan(id, request);
        AnalysisRows.Standing before = rows.find(id).orElseThrow();
        boolean audit = request.kind() == AnalysisKind.INTEGRITY;
        if (before.measured() && !audit) {
            return new Answer(id, request.kind(), before.outcome(), null);
        }
        if (!before.measured()) {
            rows.planAgain(id);
        }
        new Outbox(session).add(new AnalysisJob(id, request));
        for (StudyId study : new StudyRows(session).wanting(id)) {
            new Completion(session).check(study, clock.instant()); // it may be open again
        }
        return new Answer(id, request.kind(), AnalysisRows.PLANNED, again(before));
    }

    private static @Nullable String again(AnalysisRows.Standing before) {
        AnalysisCompleted fact = before.fact();
        if (fact == null) {
            return null;
        }
        return before.measured()
                ? "an audit is always made anew; that of " + fact.completedAt() + " stands until then"
                : "it was " + before.outcome() + ": " + fact.reason();
    }
}
