package io.thetascope.gateway.report;

import io.thetascope.contracts.analysis.NetOfNull;
import io.thetascope.contracts.analysis.Triangle;
import io.thetascope.contracts.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A column of the CSV table of comparisons. */
record ComparisonColumn(String name, Source value) {
    private static final List<ComparisonColumn> IDENTITY = List.of(
            column("comparison_id", ComparisonRow::comparisonId),
            column("kind", row -> Json.tree(row.kind()).asText()),
            column("outcome", ComparisonRow::outcome),
            column("reason", ComparisonRow::reason),
            model("left_run_id", ComparisonRow::left, ComparisonRow.Model::runId),
            model("left_step", ComparisonRow::left, ComparisonRow.Model::step),
            model("right_run_id", ComparisonRow::right, ComparisonRow.Model::runId),
            model("right_step", ComparisonRow::right, ComparisonRow.Model::step));

    private static final List<ComparisonColumn> WHOLE = List.of(
            column("norm_1", ComparisonRow::norm1),
            column("norm_2", ComparisonRow::norm2),
            column("distance", ComparisonRow::distance),
            column("cosine", ComparisonRow::cosine),
            column("displaced", ComparisonRow::displaced),
            column("moved", ComparisonRow::moved),
            column("departure", ComparisonRow::departure),
            column("recovery", ComparisonRow::recovery),
            column("drift", ComparisonRow::drift),
            column("ratio_to_drift", ComparisonRow::ratioToDrift),
            column("below_drift", ComparisonRow::belowDrift),
            column("label", ComparisonRow::label));

    private static final List<ComparisonColumn> FEATURES = List.of(
            column("images", row -> row.features().images()),
            column("unit_correlation", row -> row.features().unitCorrelation()),
            column("unit_correlation_label", row -> row.features().unitCorrelationLabel()),
            column("matched_correlation", row -> row.features().matchedCorrelation()),
            column("matched_net", row -> net(row.features().matchedNet())),
            column("matched_net_within_class", row -> net(row.features().matchedNetWithinClass())),
            column("cka", row -> row.features().cka()),
            column("cka_net", row -> net(row.features().ckaNet())),
            column("cka_biased", row -> row.features().ckaBiased()),
            column("procrustes", row -> row.features().procrustes()),
            column("agreement", row -> row.features().agreement()),
            column("features_absent", ComparisonRow::featuresAbsent));

    /** Where a column's value comes from. */
    interface Source {
        @Nullable
        Object of(ComparisonRow row);
    }

    static List<ComparisonColumn> all() {
        List<ComparisonColumn> columns = new ArrayList<>(IDENTITY);
        columns.addAll(WHOLE);
        columns.addAll(part("live", ComparisonRow::live));
        columns.addAll(part("modulo_sign", ComparisonRow::moduloSign));
        columns.addAll(FEATURES);
        return columns;
    }

    @Nullable
    Object of(ComparisonRow row) {
        return value.of(row);
    }

    private static ComparisonColumn column(String name, Source value) {
        return new ComparisonColumn(name, value);
    }

    private static ComparisonColumn model(
            String name,
            Function<ComparisonRow, ComparisonRow.@Nullable Model> side,
            Function<ComparisonRow.Model, Object> value) {
        return new ComparisonColumn(name, row -> {
            ComparisonRow.Model model = side.apply(row);
            return model == null ? null : value.apply(model);
        });
    }

    private static List<ComparisonColumn> part(String prefix, Function<ComparisonRow, @Nullable Triangle> part) {
        return List.of(
                figure(prefix + "_parameters", part, Triangle::parameters),
                figure(prefix + "_norm_1", part, Triangle::norm1),
                figure(prefix + "_norm_2", part, Triangle::norm2),
                figure(prefix + "_distance", part, Triangle::distance),
                figure(prefix + "_cosine", part, Triangle::cosine),
                figure(prefix + "_displaced", part, Triangle::displaced),
                figure(prefix + "_moved", part, Triangle::moved),
                figure(prefix + "_departure", part, Triangle::departure),
                figure(prefix + "_recovery", part, Triangle::recovery),
                figure(prefix + "_drift", part, Triangle::drift),
                figure(prefix + "_ratio_to_drift", part, Triangle::ratioToDrift));
    }

    private static ComparisonColumn figure(
            String name, Function<ComparisonRow, @Nullable Triangle> part, Function<Triangle, @Nullable Object> value) {
        return new ComparisonColumn(name, row -> {
            Triangle triangle = part.apply(row);
            return triangle == null ? null : value.apply(triangle);
        });
    }

    private static @Nullable Double net(@Nullable NetOfNull figures) {
        return figures == null ? null : (Double) figures.net();
    }
}
