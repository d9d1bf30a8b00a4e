package io.thetascope.gateway.inquiry;

import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.json.Json;
import io.thetascope.contracts.run.RunSpec;
import io.thetascope.gateway.database.Session;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A run of which something is asked.
 *
 * @param id whose
 * @param state in which it is
 * @param spec as far as it is known here
 */
record AskedRun(RunId id, String state, @Nullable RunSpec spec) {
    static Optional<AskedRun> find(Session session, RunId run) throws SQLException {
        return session.first(
                "SELECT state, spec FROM run WHERE run_id = ?",
                row -> {
                    String spec = row.textOrNull("spec");
                    return new AskedRun(
                            run,
                            row.text("state"),
                            spec == null ? null : Json.read(spec.getBytes(StandardCharsets.UTF_8), RunSpec.class));
                },
                run);
    }

    /** Returns why nothing can be asked of it yet, with the remedy; empty where all can. */
    Optional<String> refusal() {
        if (spec == null) {
            return Optional.of("a run whose study is known here; send the study of " + id + " again");
        }
        return switch (state) {
            case "finished", "diverged" -> Optional.empty();
            case "waiting", "queued", "running" ->
                Optional.of("a run that has ended; " + id + " is " + state + ", ask again when it is finished");
            default ->
                Optional.of("a run that finished or diverged: only then is it certain which checkpoints count; " + id
                        + " is " + state + ", send its study again");
        };
    }
}
