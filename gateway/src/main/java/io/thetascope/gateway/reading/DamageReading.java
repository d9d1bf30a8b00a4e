package io.thetascope.gateway.reading;

import io.thetascope.contracts.analysis.IntegrityResult;
import io.thetascope.contracts.event.AnalysisCompleted;
import io.thetascope.contracts.identity.Digest;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.identity.Step;
import io.thetascope.contracts.json.Json;
import io.thetascope.gateway.damage.Damage;
import io.thetascope.gateway.damage.DamagedStep;
import io.thetascope.gateway.database.Database;
import io.thetascope.gateway.database.Session;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BinaryOperator;

/** Reads which runs are damaged: their latest audit, held against the facts that announced their checkpoints. */
public final class DamageReading {
    private final Database database;

    /** Reads from this database. */
    public DamageReading(Database database) {
        this.database = database;
    }

    /** Returns the damage of a run. */
    public Damage of(RunId run) {
        return of(Set.of(run));
    }

    /** Returns the damage of runs, in two statements however many they are. */
    public Damage of(Collection<RunId> runs) {
        return runs.isEmpty() ? Damage.NONE : database.call(session -> of(session, Set.copyOf(runs)));
    }

    private static Damage of(Session session, Set<RunId> runs) throws SQLException {
        Map<RunId, IntegrityResult> audits = audits(session, runs);
        if (audits.isEmpty()) {
            return Damage.NONE;
        }
        Map<RunId, Map<Step, Digest>> facts = facts(session, audits.keySet());
        Map<RunId, List<DamagedStep>> damaged = new HashMap<>();
        audits.forEach((run, audit) -> damaged.put(run, Damage.in(audit, facts.getOrDefault(run, Map.of()))));
        return Damage.of(damaged);
    }

    /** Returns the damage of everything that analyses read. */
    public Damage ofReadBy(List<AnalysisReading.Known> analyses) {
        return of(analyses.stream()
                .flatMap(known -> known.request().runs().stream())
                .distinct()
                .toList());
    }

    private static Map<RunId, IntegrityResult> audits(Session session, Set<RunId> runs) throws SQLException {
        Map<RunId, AnalysisCompleted> latest = new HashMap<>();
        session.list(
                        "SELECT fact FROM analysis WHERE kind = 'integrity' AND outcome = 'measured' AND run_id IN "
                                + places(runs),
                        row -> Json.read(row.text("fact").getBytes(StandardCharsets.UTF_8), AnalysisCompleted.class),
                        runs.toArray())
                .forEach(audit -> latest.merge(
                        audit.request().inputs().get(0).runId(),
                        audit,
                        BinaryOperator.maxBy(Comparator.comparing(AnalysisCompleted::completedAt))));
        Map<RunId, IntegrityResult> audits = new HashMap<>();
        latest.forEach((run, audit) -> Optional.ofNullable(audit.result())
                .ifPresent(result -> audits.put(run, Json.read(result, IntegrityResult.class))));
        return audits;
    }

    private static Map<RunId, Map<Step, Digest>> facts(Session session, Set<RunId> runs) throws SQLException {
        Map<RunId, Map<Step, Digest>> facts = new HashMap<>();
        session.list(
                "SELECT run_id, step, sha256 FROM run_checkpoint WHERE run_id IN " + places(runs),
                row -> facts.computeIfAbsent(new RunId(row.text("run_id")), run -> new HashMap<>())
                        .put(new Step(row.number("step")), new Digest(row.text("sha256"))),
                runs.toArray());
        return facts;
    }

    private static String places(Set<RunId> runs) {
        return "(" + String.join(", ", Collections.nCopies(runs.size(), "?")) + ")";
    }
}
