package io.thetascope.gateway.report.factors;

import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.study.RunRole;
import io.thetascope.gateway.report.RunFeatures;
import io.thetascope.gateway.report.RunRow;
import io.thetascope.measures.factors.Factors;
import io.thetascope.measures.factors.Observation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Analyses the base runs of every data set in which a factor varies. */
public final class FactorRows {
    private static final RunFeatures NO_FEATURES = new RunFeatures(List.of());
    private static final Map<String, Function<RunRow, String>> FACTORS = new LinkedHashMap<>();

    static {
        FACTORS.put("network", RunRow::network);
        FACTORS.put("initialization", RunRow::initialization);
        FACTORS.put("optimizer", RunRow::optimizer);
    }

    private final Map<RunId, RunFeatures> features;

    private FactorRows(Map<RunId, RunFeatures> features) {
        this.features = features;
    }

    /** Returns a row for every data set and measure; none for a data set in which no factor varies. */
    public static List<FactorRow> of(List<RunRow> runs, Map<RunId, RunFeatures> features) {
        Map<String, List<RunRow>> byDataset = new LinkedHashMap<>();
        runs.stream()
                .filter(run -> run.role() == RunRole.BASE)
                .forEach(run -> byDataset
                        .computeIfAbsent(run.dataset(), dataset -> new ArrayList<>())
                        .add(run));
        List<FactorRow> rows = new ArrayList<>();
        byDataset.forEach((dataset, base) -> rows.addAll(new FactorRows(features).within(dataset, base)));
        return List.copyOf(rows);
    }

    private List<FactorRow> within(String dataset, List<RunRow> base) {
        List<String> varying = FACTORS.entrySet().stream()
                .filter(factor ->
                        base.stream().map(factor.getValue()).distinct().count() > 1)
                .map(Map.Entry::getKey)
                .toList();
        List<FactorRow> rows = new ArrayList<>();
        for (FactorMeasure measure : varying.isEmpty() ? new FactorMeasure[0] : FactorMeasure.values()) {
            rows.add(row(dataset, varying, measure, base));
        }
        return rows;
    }

    private FactorRow row(String dataset, List<String> varying, FactorMeasure measure, List<RunRow> base) {
        List<Observation> observations = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        for (RunRow run : base) {
            List<String> levels = levels(run, varying);
            Double value = measure.of(run, features.getOrDefault(run.runId(), NO_FEATURES));
            if (value == null) {
                unknown.add(String.join(", ", levels) + ", seed " + run.seed() + " (" + run.state() + ")");
            } else {
                observations.add(new Observation(levels, value, meetsGate(run)));
            }
        }
        if (!unknown.isEmpty()) {
            String reason = "not known of " + unknown.size() + " of " + base.size() + " runs: "
                    + String.join("; ", unknown) + "; what is left would not be the design that was asked for";
            return new FactorRow(dataset, measure, varying, base.size(), List.of(), null, List.of(), reason);
        }
        return FactorRow.of(dataset, measure, varying, Factors.analyse(varying, observations));
    }

    private static List<String> levels(RunRow run, List<String> varying) {
        return FACTORS.entrySet().stream()
                .filter(factor -> varying.contains(factor.getKey()))
                .map(factor -> factor.getValue().apply(run))
                .toList();
    }

    private static boolean meetsGate(RunRow run) {
        return run.gate() == null || Boolean.TRUE.equals(run.gateMet());
    }
}
