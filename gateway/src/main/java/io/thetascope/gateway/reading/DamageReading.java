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
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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

    /** Returns the damage of runs. */
    public Damage of(Collection<RunId> runs) {
        return database.call(session -> {
            Map<RunId, List<DamagedStep>> damaged = new HashMap<>();
            for (RunId run : Set.copyOf(runs)) {
                Optional<IntegrityResult> audit = audit(session, run);
                if (audit.isPresent()) {
                    damaged.put(run, Damage.in(audit.get(), facts(session, run)));
                }
            }
            return Damage.of(damaged);
        });
    }

    /** Returns the damage of everything that analyses read. */
    public Damage ofReadBy(List<AnalysisReading.Known> analyses) {
        return of(analyses.stream()
                .flatMap(known -> known.request().runs().stream())
                .distinct()
                .toList());
    }

    private static Optional<IntegrityResult> audit(Session session, RunId run) throws SQLException {
        return session
                .list(
                        "SELECT fact FROM analysis WHERE run_id = ? AND kind = 'integrity' AND outcome = 'measured'",
                        row -> Json.read(row.text("fact").getBytes(StandardCharsets.UTF_8), AnalysisCompleted.class),
                        run)
                .stream()
                .max(Comparator.comparing(AnalysisCompleted::completedAt))
                .flatMap(fact -> Optional.ofNullable(fact.result()))
                .map(result -> Json.read(result, IntegrityResult.class));
    }

    private static Map<Step, Digest> facts(Session session, RunId run) throws SQLException {
        Map<Step, Digest> facts = new HashMap<>();
        session.list(
                "SELECT step, sha256 FROM run_checkpoint WHERE run_id = ?",
                row -> facts.put(new Step(row.number("step")), new Digest(row.text("sha256"))),
                run);
        return facts;
    }
}
