package io.thetascope.gateway.reading;

import com.fasterxml.jackson.databind.JsonNode;
import io.thetascope.contracts.analysis.AnalysisKind;
import io.thetascope.contracts.analysis.AnalysisRequest;
import io.thetascope.contracts.event.AnalysisCompleted;
import io.thetascope.contracts.identity.AnalysisId;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.identity.Step;
import io.thetascope.contracts.identity.StudyId;
import io.thetascope.contracts.json.Json;
import io.thetascope.contracts.run.ArtifactRef;
import io.thetascope.gateway.database.Database;
import io.thetascope.gateway.database.Row;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what is known about analyses. */
public final class AnalysisReading {
    private final Database database;

    /** Reads from this database. */
    public AnalysisReading(Database database) {
        this.database = database;
    }

    /**
     * An analysis, whether it ended or not.
     *
     * @param id computed from the request
     * @param request what is asked for
     * @param outcome planned, measured, refused or failed
     * @param fact that it ended; absent before
     */
    public record Known(
            AnalysisId id,
            AnalysisRequest request,
            String outcome,
            @Nullable AnalysisCompleted fact) {}

    /** Returns the results of a run's measured analyses of a kind, by step. */
    public List<JsonNode> results(RunId run, AnalysisKind kind) {
        return database
                .call(session -> session.list(
                        "SELECT * FROM analysis WHERE run_id = ? AND kind = ? AND outcome = 'measured' ORDER BY step",
                        AnalysisReading::known,
                        run,
                        word(kind)))
                .stream()
                .map(Known::fact)
                .filter(Objects::nonNull)
                .map(AnalysisCompleted::result)
                .filter(Objects::nonNull)
                .toList();
    }

    /** Finds the tensors of a run's features at a step. */
    public Optional<ArtifactRef> features(RunId run, Step step) {
        return database
                .call(session -> session.list(
                        "SELECT * FROM analysis WHERE run_id = ? AND kind = ? AND step = ? AND outcome = 'measured'",
                        AnalysisReading::known,
                        run,
                        word(AnalysisKind.FEATURES),
                        step.value()))
                .stream()
                .map(Known::fact)
                .filter(Objects::nonNull)
                .map(AnalysisCompleted::artifact)
                .filter(Objects::nonNull)
                .findFirst();
    }

    /** Lists the comparisons that a study plans, in its order. */
    public List<Known> comparisons(StudyId study) {
        return database.call(session -> session.list(
                "SELECT a.* FROM study_analysis s JOIN analysis a ON a.analysis_id = s.analysis_id"
                        + " WHERE s.study_id = ? AND a.kind NOT IN ('movement', 'features') ORDER BY s.ordinal",
                AnalysisReading::known,
                study));
    }

    /** Lists those of a study's analyses that ended, in its order. */
    public List<AnalysisCompleted> ended(StudyId study) {
        return database
                .call(session -> session.list(
                        "SELECT a.* FROM study_analysis s JOIN analysis a ON a.analysis_id = s.analysis_id"
                                + " WHERE s.study_id = ? AND a.fact IS NOT NULL ORDER BY s.ordinal",
                        AnalysisReading::known,
                        study))
                .stream()
                .map(Known::fact)
                .filter(Objects::nonNull)
                .toList();
    }

    /** Finds an analysis. */
    public Optional<Known> find(AnalysisId id) {
        return database.call(
                session -> session.first("SELECT * FROM analysis WHERE analysis_id = ?", AnalysisReading::known, id));
    }

    private static Known known(Row row) throws SQLException {
        String fact = row.textOrNull("fact");
        return new Known(
                new AnalysisId(row.text("analysis_id")),
                Json.read(bytes(row.text("request")), AnalysisRequest.class),
                row.text("outcome"),
                fact == null ? null : Json.read(bytes(fact), AnalysisCompleted.class));
    }

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }

    private static String word(AnalysisKind kind) {
        return Json.tree(kind).asText();
    }
}
