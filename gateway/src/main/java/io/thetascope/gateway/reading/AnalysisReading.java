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
            @Nullable AnalysisCompleted fact) {
        private static final String MEASURED = "measured";

        /** Returns the numbers, where it is measured. */
        public Optional<JsonNode> numbers() {
            return Optional.ofNullable(fact)
                    .filter(f -> outcome.equals(MEASURED))
                    .flatMap(f -> Optional.ofNullable(f.result()));
        }

        /** Returns why there are no numbers, where that is known. */
        public @Nullable String reason() {
            return fact == null ? null : fact.reason();
        }

        /** Returns where the results lie that are too large for a fact. */
        public Optional<ArtifactRef> tensors() {
            return Optional.ofNullable(fact)
                    .filter(f -> outcome.equals(MEASURED))
                    .flatMap(f -> Optional.ofNullable(f.artifact()));
        }
    }

    /** Lists what is known of a run's own analyses of a kind, by step. */
    public List<Known> of(RunId run, AnalysisKind kind) {
        return database.call(session -> session.list(
                "SELECT * FROM analysis WHERE run_id = ? AND kind = ? ORDER BY step, analysis_id",
                AnalysisReading::known,
                run,
                word(kind)));
    }

    /** Finds the features of a run at a step that have tensors; of several those of the newest version. */
    public Optional<Known> features(RunId run, Step step) {
        return of(run, AnalysisKind.FEATURES).stream()
                .filter(known -> known.tensors().isPresent())
                .filter(known -> Measured.subject(known).equals(step))
                .reduce(Measured::newer);
    }

    /** Lists every analysis that reads a run, by kind and step. */
    public List<Known> reading(RunId run) {
        return database.call(session -> session.list(
                "SELECT a.* FROM analysis_run r JOIN analysis a ON a.analysis_id = r.analysis_id WHERE r.run_id = ?"
                        + " ORDER BY a.kind, a.step, a.analysis_id",
                AnalysisReading::known,
                run));
    }

    /** Lists the comparisons of models that a study plans, in its order. */
    public List<Known> comparisons(StudyId study) {
        return database
                .call(session -> session.list(
                        "SELECT a.* FROM study_analysis s JOIN analysis a ON a.analysis_id = s.analysis_id"
                                + " WHERE s.study_id = ? AND a.kind NOT IN ('movement', 'features') ORDER BY s.ordinal",
                        AnalysisReading::known,
                        study))
                .stream()
                .filter(known -> known.request().kind().comparesModels())
                .toList();
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
