package io.thetascope.gateway.reading;

import io.thetascope.contracts.identity.Attempt;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.identity.Step;
import io.thetascope.contracts.identity.StudyId;
import io.thetascope.contracts.json.Json;
import io.thetascope.contracts.run.Environment;
import io.thetascope.contracts.run.EpochFigures;
import io.thetascope.contracts.run.Figures;
import io.thetascope.contracts.study.AcceptedStudy;
import io.thetascope.contracts.study.PlannedRun;
import io.thetascope.gateway.database.Database;
import io.thetascope.gateway.database.Row;
import io.thetascope.gateway.projection.AcceptedStudies;
import io.thetascope.gateway.report.ReportData;
import io.thetascope.gateway.report.ReportSource;
import io.thetascope.gateway.report.RunHistory;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Reads everything that a report is made from: the accepted study from the store, the rest from the read model. */
public final class ReportReading implements ReportSource {
    private final Database database;
    private final AcceptedStudies accepted;
    private final StudyReading studies;
    private final RunReading runs;
    private final AnalysisReading analyses;
    private final DamageReading damage;
    private final String softwareVersion;

    /** Reads from here; the version is the gateway's. */
    public ReportReading(
            Database database,
            AcceptedStudies accepted,
            StudyReading studies,
            RunReading runs,
            AnalysisReading analyses,
            DamageReading damage,
            String softwareVersion) {
        this.database = database;
        this.accepted = accepted;
        this.studies = studies;
        this.runs = runs;
        this.analyses = analyses;
        this.damage = damage;
        this.softwareVersion = softwareVersion;
    }

    @Override
    public Optional<ReportData> read(StudyId studyId) {
        Optional<StudyView> view = studies.find(studyId);
        Optional<AcceptedStudy> study = view.isEmpty() ? Optional.empty() : accepted.read(studyId);
        return study.map(planned -> data(view.orElseThrow(), planned));
    }

    private ReportData data(StudyView view, AcceptedStudy study) {
        List<RunId> planned = study.runs().stream().map(PlannedRun::runId).toList();
        List<RunHistory> histories = planned.stream().map(this::history).toList();
        return new ReportData(
                study,
                view.state().word(),
                view.acceptedAt(),
                view.completedAt(),
                histories,
                analyses.ended(view.studyId()),
                damage.of(planned),
                softwareVersion);
    }

    private RunHistory history(RunId runId) {
        List<EpochView> epochs = runs.epochs(runId);
        return database.call(session -> session.first(
                        "SELECT state, reason, environment, computed_parts, attempt, started_at, ended_at FROM run"
                                + " WHERE run_id = ?",
                        row -> history(runId, row, epochs),
                        runId))
                .orElseGet(() -> RunHistory.unheard(runId));
    }

    private RunHistory history(RunId runId, Row row, List<EpochView> epochs) throws SQLException {
        String environment = row.textOrNull("environment");
        String attempt = row.textOrNull("attempt");
        return new RunHistory(
                runId,
                row.text("state"),
                row.textOrNull("reason"),
                epochs.stream()
                        .map(ReportReading::figures)
                        .flatMap(Optional::stream)
                        .toList(),
                runs.checkpoints(runId),
                environment == null ? null : Json.read(environment.getBytes(StandardCharsets.UTF_8), Environment.class),
                RunReading.earlierEnvironments(row),
                attempt == null ? null : new Attempt(attempt),
                row.instantOrNull("started_at"),
                row.instantOrNull("ended_at"),
                meanRate(epochs));
    }

    private static Optional<EpochFigures> figures(EpochView epoch) {
        RunView.LastFigures train = epoch.train();
        RunView.LastFigures test = epoch.test();
        RunView.LastFigures validation = epoch.validation();
        return train == null || test == null
                ? Optional.empty()
                : Optional.of(new EpochFigures(
                        epoch.epoch(),
                        new Step(epoch.step()),
                        new Figures(train.loss(), train.accuracy()),
                        new Figures(test.loss(), test.accuracy()),
                        validation == null ? null : new Figures(validation.loss(), validation.accuracy())));
    }

    private static @Nullable Double meanRate(List<EpochView> epochs) {
        OptionalDouble mean = epochs.stream()
                .map(EpochView::imagesPerSecond)
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .average();
        return mean.isPresent() ? mean.getAsDouble() : null;
    }
}
