package io.thetascope.gateway.report.escape;

import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.run.Perturbation;
import io.thetascope.gateway.report.FamilyGate;
import io.thetascope.gateway.report.Retraining;
import io.thetascope.gateway.report.RunRow;
import io.thetascope.gateway.report.chart.Point;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A sweep: parents that differ by their seed alone, perturbed by several sizes of one kind.
 *
 * @param sweep what its runs have in common
 * @param values ascending
 * @param overNull where E / N passes 1: from there on it is more than a change of data order
 * @param notBack where R falls below 0.5, among runs that are not below drift: from there on less than half of the way back
 */
public record EscapeCurve(Sweep sweep, List<EscapeValue> values, Turn overNull, Turn notBack) {
    private static final double NULL_LEVEL = 1;
    private static final double HALF_WAY = 0.5;

    public EscapeCurve {
        values = List.copyOf(values);
    }

    /**
     * What the runs of a sweep have in common.
     *
     * @param network name
     * @param dataset name
     * @param initialization of the parents
     * @param optimizer kind
     * @param kind of the perturbation: epsilon, gaussian or random-signs
     * @param scope of it
     * @param drawSeed of it; absent where nothing is drawn
     */
    public record Sweep(
            String network,
            String dataset,
            String initialization,
            String optimizer,
            String kind,
            String scope,
            @Nullable Long drawSeed) {
        static Sweep of(RunRow row, Perturbation perturbation) {
            return new Sweep(
                    row.network(),
                    row.dataset(),
                    row.initialization(),
                    row.optimizer(),
                    perturbation.kind(),
                    perturbation.scope(),
                    perturbation.seed());
        }
    }

    /** Returns every sweep of a study: every kind of perturbation that has several sizes above 0. */
    public static List<EscapeCurve> of(List<RunRow> rows) {
        FamilyGate gate = FamilyGate.of(rows);
        Map<Sweep, List<SweepRun>> sweeps = new LinkedHashMap<>();
        for (RunRow row : rows) {
            Perturbation perturbation = row.perturbation();
            RunId parent = row.parentRunId();
            if (perturbation != null && parent != null) {
                SweepRun.of(row, gate)
                        .ifPresent(
                                run -> sweeps.computeIfAbsent(Sweep.of(row, perturbation), sweep -> new ArrayList<>())
                                        .add(run));
            }
        }
        return sweeps.entrySet().stream()
                .filter(sweep -> sweep.getValue().stream()
                                .map(SweepRun::value)
                                .distinct()
                                .count()
                        > 1)
                .map(sweep -> of(sweep.getKey(), sweep.getValue()))
                .toList();
    }

    private static EscapeCurve of(Sweep sweep, List<SweepRun> runs) {
        Map<Double, List<SweepRun>> byValue =
                new TreeMap<>(runs.stream().collect(Collectors.groupingBy(SweepRun::value)));
        List<EscapeValue> values = new ArrayList<>();
        byValue.forEach((value, ofValue) -> values.add(EscapeValue.of(value, ofValue)));
        return new EscapeCurve(
                sweep,
                values,
                turn("E/N passes 1", runs, Retraining::effectToNull, NULL_LEVEL),
                turn("R falls below 0.5", runs, r -> negated(r.recovery()), -HALF_WAY));
    }

    private static @Nullable Double negated(@Nullable Double value) {
        return value == null ? null : (Double) (-value);
    }

    private static Turn turn(
            String criterion, List<SweepRun> runs, Function<Retraining, @Nullable Double> figure, double threshold) {
        Map<RunId, List<SweepRun>> byParent =
                runs.stream().collect(Collectors.groupingBy(SweepRun::parent, LinkedHashMap::new, Collectors.toList()));
        List<SeedTurn> seeds = new ArrayList<>();
        int counted = 0;
        for (var family : byParent.entrySet()) {
            List<Point> curve = curve(family.getValue(), figure);
            counted += curve.size();
            seeds.add(SeedTurn.of(family.getKey(), family.getValue().get(0).seed(), curve, threshold));
        }
        return Turn.of(criterion, seeds, runs.size() - counted);
    }

    private static List<Point> curve(List<SweepRun> family, Function<Retraining, @Nullable Double> figure) {
        List<Point> points = new ArrayList<>();
        for (SweepRun run : family) {
            Retraining figures = run.figures();
            Double y = figures == null || !run.counts() ? null : figure.apply(figures);
            if (y != null) {
                points.add(new Point(Math.log10(run.value()), y));
            }
        }
        points.sort(Comparator.comparingDouble(Point::x));
        return points;
    }
}
