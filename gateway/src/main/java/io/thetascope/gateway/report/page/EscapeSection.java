package io.thetascope.gateway.report.page;

import io.thetascope.contracts.run.Perturbation;
import io.thetascope.gateway.report.chart.Axis;
import io.thetascope.gateway.report.chart.LineChart;
import io.thetascope.gateway.report.chart.Point;
import io.thetascope.gateway.report.chart.Reference;
import io.thetascope.gateway.report.chart.Series;
import io.thetascope.gateway.report.escape.EscapeCurve;
import io.thetascope.gateway.report.escape.EscapeValue;
import io.thetascope.gateway.report.escape.Spread;
import io.thetascope.gateway.report.markup.Markup;
import io.thetascope.gateway.report.markup.Numbers;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What came of a perturbation at every size of a sweep, and where return turns into leaving. */
final class EscapeSection {
    private static final List<String> HEADINGS = List.of(
            "Size",
            "Gate",
            "‖θₚ − θ₁‖",
            "E",
            "N",
            "E / N",
            "E / ‖θₚ − θ₁‖",
            "R",
            "S",
            "÷ drift",
            "Below drift",
            "Runs");
    private static final double WIDTH = 760;
    private static final double PLOT = 230;
    private static final int MOST_INTERVALS = 8;

    private final List<EscapeCurve> curves;

    EscapeSection(List<EscapeCurve> curves) {
        this.curves = curves;
    }

    /** Writes nothing for a study without a sweep. */
    void write(Markup out) {
        if (curves.isEmpty()) {
            return;
        }
        out.open("section", "aria-labelledby", "escape").leaf("h2", "Escape curve", "id", "escape");
        int number = 0;
        for (EscapeCurve curve : curves) {
            number++;
            String name = name(curve.sweep());
            out.leaf("h3", name);
            out.open("ul")
                    .leaf("li", curve.overNull().says())
                    .leaf("li", curve.notBack().says());
            out.close("ul").line();
            chart("escape-" + number, name, curve)
                    .ifPresent(chart -> Panels.figure(
                            out, "wide", chart.draw(WIDTH, PLOT), "Means over seeds, both axes logarithmic: " + name));
            table(out, name, curve);
        }
        out.leaf(
                "p",
                "Means over seeds with the t interval at 95 %; runs below the accuracy gate, they, their parent or a twin, are"
                        + " left out. E / N near 1: no more than a change of data order. E / ‖θₚ − θ₁‖ below 1:"
                        + " the perturbation was forgotten in part; above: amplified. R and S are of runs whose displacement is"
                        + " not below a tenth of the drift. A turn is where a seed's curve passes its level for good, on a"
                        + " straight line over the logarithm of the size; its mean and interval are of logarithms.",
                "class",
                "note");
        out.close("section").line();
    }

    private static String name(EscapeCurve.Sweep sweep) {
        return sweep.kind().replace('-', ' ') + (sweep.scope().equals(Perturbation.ALL) ? "" : " on " + sweep.scope())
                + ", " + sweep.network() + " on " + sweep.dataset() + ", " + sweep.initialization() + ", "
                + sweep.optimizer();
    }

    private static Optional<LineChart> chart(String id, String name, EscapeCurve curve) {
        List<Series> series = List.of(
                new Series("E / N", 0, points(curve, EscapeValue::effectToNull)),
                new Series("E / ‖θₚ − θ₁‖", 1, points(curve, EscapeValue::effectToDisplaced)),
                new Series("‖θ₂ − θ₁‖ ÷ drift", 2, points(curve, EscapeValue::ratioToDrift)));
        List<Double> heights = series.stream()
                .flatMap(one -> one.points().stream())
                .map(Point::y)
                .toList();
        if (heights.isEmpty()) {
            return Optional.empty();
        }
        List<Double> sizes = curve.values().stream()
                .map(value -> (Double) Math.log10(value.value()))
                .toList();
        Axis x = Axis.logarithmic(size(curve.sweep().kind()), sizes, MOST_INTERVALS);
        Axis y = Axis.logarithmic(
                "ratio", Stream.concat(heights.stream(), Stream.of(0.0)).toList(), MOST_INTERVALS);
        return Optional.of(new LineChart(
                id, name + "; heights are exponents of ten", x, y, series, List.of(new Reference("ratio 1", 0))));
    }

    private static List<Point> points(EscapeCurve curve, Function<EscapeValue, @Nullable Spread> figure) {
        return curve.values().stream()
                .flatMap(value -> Stream.ofNullable(figure.apply(value))
                        .filter(spread -> spread.mean() > 0)
                        .map(spread -> new Point(Math.log10(value.value()), Math.log10(spread.mean()))))
                .toList();
    }

    private static String size(String kind) {
        return switch (kind) {
            case Perturbation.EPSILON -> "ε";
            case Perturbation.GAUSSIAN -> "norm of the Gaussian";
            default -> "added with random signs";
        };
    }

    private static void table(Markup out, String name, EscapeCurve curve) {
        Table table = Table.ofNumbers(out, "By size: " + name, HEADINGS);
        for (EscapeValue value : curve.values()) {
            Boolean gate = value.gateMet();
            table.startRow(Boolean.FALSE.equals(gate) ? "suspect" : "sound", Numbers.scientific(value.value()), "");
            table.words(gate == null ? Numbers.MISSING : gate ? "met" : "missed");
            Stream.of(
                            value.displaced(),
                            value.effect(),
                            value.nullDistance(),
                            value.effectToNull(),
                            value.effectToDisplaced(),
                            value.recovery(),
                            value.departure(),
                            value.ratioToDrift())
                    .map(spread -> inWords(spread, value.runs()))
                    .forEach(table::number);
            table.number(Integer.toString(value.belowDrift()));
            table.number(Integer.toString(value.runs()));
            table.endRow();
        }
        table.end();
    }

    /** Where fewer runs than planned have the number, it is said how many. */
    private static String inWords(@Nullable Spread spread, int planned) {
        if (spread == null) {
            return Numbers.MISSING;
        }
        String interval = spread.low() == null
                ? ""
                : " [" + Numbers.plain(spread.low()) + ", " + Numbers.plain(spread.high()) + "]";
        String some = spread.n() == planned ? "" : " (" + spread.n() + " of " + planned + ")";
        return Numbers.plain(spread.mean()) + interval + some;
    }
}
