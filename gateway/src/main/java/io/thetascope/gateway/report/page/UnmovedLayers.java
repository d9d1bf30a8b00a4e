package io.thetascope.gateway.report.page;

import io.thetascope.contracts.analysis.Attribution;
import io.thetascope.gateway.report.RunRow;
import io.thetascope.gateway.report.Unmoved;
import io.thetascope.gateway.report.UnmovedLayer;
import io.thetascope.gateway.report.markup.Markup;
import io.thetascope.gateway.report.markup.Numbers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToLongFunction;

/** The layers with geometry-dead weights: for each network and input once, beside what its runs found. */
final class UnmovedLayers {
    private static final List<String> HEADINGS = List.of(
            "Layer",
            "Runs measured",
            "Taps dead",
            "Weights",
            "Predicted before training",
            "Found never moved",
            "Found moved");

    private final Map<String, List<Unmoved>> byNetwork = new LinkedHashMap<>();

    UnmovedLayers(List<RunRow> rows) {
        for (RunRow row : rows) {
            Unmoved unmoved = row.unmoved();
            if (unmoved != null && !unmoved.layers().isEmpty()) {
                byNetwork
                        .computeIfAbsent(row.network() + " at " + unmoved.input(), network -> new ArrayList<>())
                        .add(unmoved);
            }
        }
    }

    void write(Markup out) {
        if (byNetwork.isEmpty()) {
            return;
        }
        Table table = Table.ofNumbers(out, "Layers with geometry-dead weights", HEADINGS);
        byNetwork.forEach((network, runs) -> {
            table.group(network);
            List<UnmovedLayer> layers = runs.get(0).layers();
            for (int i = 0; i < layers.size(); i++) {
                row(table, layers.get(i), found(runs, i), suspect(runs, i));
            }
        });
        table.end();
    }

    private static List<Attribution> found(List<Unmoved> runs, int layer) {
        return runs.stream()
                .map(run -> run.layers().get(layer).found())
                .filter(Objects::nonNull)
                .toList();
    }

    /** Weight decay moves geometry-dead weights; nothing else should. */
    private static boolean suspect(List<Unmoved> runs, int layer) {
        List<Unmoved> still =
                runs.stream().filter(run -> !(run.weightDecay() > 0)).toList();
        return found(still, layer).stream().anyMatch(attribution -> attribution.geometryDeadChanged() > 0);
    }

    private static void row(Table table, UnmovedLayer layer, List<Attribution> found, boolean suspect) {
        table.startRow(suspect ? "suspect" : "sound", layer.name().replaceFirst("\\.weight$", ""), "");
        table.words(Numbers.whole(found.size()));
        table.number(layer.deadTaps() + "/" + layer.taps());
        table.number(Numbers.whole(layer.parameters()));
        table.number(Numbers.whole(layer.predictedGeometryDead()));
        table.number(range(found, Attribution::geometryDead));
        table.number(range(found, Attribution::geometryDeadChanged));
        table.endRow();
    }

    /** Writes the count that all runs share, or the smallest and the largest. */
    private static String range(List<Attribution> found, ToLongFunction<Attribution> count) {
        LongSummaryStatistics counts = found.stream().mapToLong(count).summaryStatistics();
        if (counts.getCount() == 0) {
            return Numbers.MISSING;
        }
        String least = Numbers.whole(counts.getMin());
        return counts.getMin() == counts.getMax() ? least : least + " – " + Numbers.whole(counts.getMax());
    }
}
