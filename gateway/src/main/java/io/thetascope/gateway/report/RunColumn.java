package io.thetascope.gateway.report;

import io.thetascope.contracts.analysis.Attribution;
import io.thetascope.contracts.run.Figures;
import io.thetascope.contracts.run.Perturbation;
import io.thetascope.contracts.run.Twin;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A column of the CSV table. */
record RunColumn(String name, Source value) {
    private static final List<RunColumn> IDENTITY = List.of(
            column("run_id", RunRow::runId),
            column("generation", RunRow::generation),
            column("role", run -> run.role().name().toLowerCase(Locale.ROOT).replace('_', '-')),
            column("parent_run_id", RunRow::parentRunId),
            column("perturbation", RunColumn::perturbation),
            column("twin", RunColumn::twin),
            column("network", RunRow::network),
            column("dataset", RunRow::dataset),
            column("initialization", RunRow::initialization),
            column("optimizer", RunRow::optimizer),
            column("seed", RunRow::seed),
            column("state", RunRow::state),
            column("reason", RunRow::reason),
            column("problems", run -> String.join("; ", run.problems())));

    private static final List<RunColumn> TRAINING = List.of(
            column("step", RunRow::step),
            column("epoch", RunRow::epoch),
            column("epochs", RunRow::epochs),
            column("accuracy", RunRow::accuracy),
            column("gate", RunRow::gate),
            column("gate_met", RunRow::gateMet),
            figure("train_loss", RunRow::train, Figures::loss),
            figure("train_accuracy", RunRow::train, Figures::accuracy),
            figure("test_loss", RunRow::test, Figures::loss),
            figure("test_accuracy", RunRow::test, Figures::accuracy));

    private static final List<RunColumn> MOVEMENT = List.of(
            column("start_norm", RunRow::startNorm),
            column("end_norm", RunRow::endNorm),
            column("distance_from_start", RunRow::distanceFromStart),
            column("path_length", RunRow::pathLength),
            column("straightness", RunRow::straightness),
            column("changed", RunRow::changed),
            unmoved("predicted_geometry_dead", Unmoved::predictedGeometryDead),
            unmoved("unchanged", Unmoved::share),
            cause("unchanged_parameters", Attribution::unchanged),
            cause("geometry_dead", Attribution::geometryDead),
            cause("data_dead", Attribution::dataDead),
            cause("absorbed", Attribution::absorbed),
            cause("returned", Attribution::returned),
            cause("unexplained", Attribution::unexplained),
            cause("geometry_dead_changed", Attribution::geometryDeadChanged),
            cause("evidence", Attribution::evidence),
            column("mean_abs_correlation", RunRow::meanAbsCorrelation),
            column("null_mean_abs_correlation", RunRow::nullMeanAbsCorrelation));

    private static final List<RunColumn> PANEL = List.of(
            panel("start_mean_abs_correlation", p -> p.start().meanAbsCorrelation()),
            panel("within_class_mean_abs_correlation", p -> p.end().withinClassMeanAbs()),
            panel("start_within_class_mean_abs_correlation", p -> p.start().withinClassMeanAbs()),
            panel("participation_ratio", p -> p.end().participationRatio()),
            panel("start_participation_ratio", p -> p.start().participationRatio()),
            panel("effective_rank", p -> p.end().effectiveRank()),
            panel("start_effective_rank", p -> p.start().effectiveRank()),
            panel("laziness_residual", RunPanel::lazinessResidual),
            panel("laziness_residual_uncertainty", RunPanel::residualUncertainty),
            panel("switched_gates", RunPanel::switchedGates),
            panel("relative_live", RunPanel::relativeLive),
            panel("integrity", RunPanel::integrity));

    private static final List<RunColumn> RETRAINING = List.of(
            retraining("norm_1", Retraining::norm1),
            retraining("norm_2", Retraining::norm2),
            retraining("distance_2_1", Retraining::distance),
            retraining("recovery", Retraining::recovery),
            retraining("recovery_label", Retraining::recoveryLabel),
            retraining("departure", Retraining::departure),
            retraining("cosine", Retraining::cosine),
            retraining("displaced", Retraining::displaced),
            retraining("moved", Retraining::moved),
            retraining("drift", Retraining::drift),
            retraining("ratio_to_drift", Retraining::ratioToDrift),
            retraining("effect", Retraining::effect),
            retraining("null_distance", Retraining::nullDistance),
            retraining("effect_to_null", Retraining::effectToNull),
            retraining("target_accuracy", r -> r.regained().target()),
            retraining("epochs_to_regain", r -> r.regained().epochs()),
            retraining("not_regained", r -> r.regained().reason()));

    /** Where a column's value comes from. */
    interface Source {
        @Nullable
        Object of(RunRow run);
    }

    static List<RunColumn> of(List<RunRow> runs) {
        List<RunColumn> columns = new ArrayList<>(IDENTITY);
        columns.addAll(TRAINING);
        columns.addAll(MOVEMENT);
        columns.addAll(PANEL);
        runs.stream()
                .flatMap(run -> run.distances().stream())
                .map(Leg::place)
                .distinct()
                .map(RunColumn::distance)
                .forEach(columns::add);
        columns.addAll(RETRAINING);
        return columns;
    }

    @Nullable
    Object of(RunRow run) {
        return value.of(run);
    }

    private static RunColumn column(String name, Source value) {
        return new RunColumn(name, value);
    }

    private static @Nullable String perturbation(RunRow run) {
        Perturbation perturbation = run.perturbation();
        return perturbation == null ? null : perturbation.label();
    }

    private static @Nullable String twin(RunRow run) {
        Twin twin = run.twin();
        return twin == null ? null : twin.index() == 0 ? twin.kind() : twin.kind() + " " + twin.index();
    }

    private static RunColumn figure(
            String name, Function<RunRow, @Nullable Figures> epoch, Function<Figures, @Nullable Double> value) {
        return new RunColumn(name, run -> {
            Figures figures = epoch.apply(run);
            return figures == null ? null : value.apply(figures);
        });
    }

    private static RunColumn unmoved(String name, Function<Unmoved, @Nullable Object> value) {
        return new RunColumn(name, run -> {
            Unmoved unmoved = run.unmoved();
            return unmoved == null ? null : value.apply(unmoved);
        });
    }

    private static RunColumn panel(String name, Function<RunPanel, @Nullable Object> value) {
        return new RunColumn(name, run -> value.apply(run.panel()));
    }

    private static RunColumn cause(String name, Function<Attribution, Object> value) {
        return unmoved(name, unmoved -> {
            Attribution found = unmoved.found();
            return found == null ? null : value.apply(found);
        });
    }

    private static RunColumn retraining(String name, Function<Retraining, @Nullable Object> value) {
        return new RunColumn(name, run -> {
            Retraining retraining = run.retraining();
            return retraining == null ? null : value.apply(retraining);
        });
    }

    private static RunColumn distance(Leg.Place place) {
        String name = "distance_" + place.unit() + "_" + place.from() + "_" + place.to();
        return new RunColumn(
                name,
                run -> run.distances().stream()
                        .filter(leg -> leg.place().equals(place))
                        .findFirst()
                        .map(Leg::distance)
                        .orElse(null));
    }
}
