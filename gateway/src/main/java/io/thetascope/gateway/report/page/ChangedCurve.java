package io.thetascope.gateway.report.page;

import io.thetascope.gateway.report.Report;
import io.thetascope.gateway.report.RunMovement;
import io.thetascope.gateway.report.RunRow;
import io.thetascope.gateway.report.chart.Axis;
import io.thetascope.gateway.report.chart.Point;
import io.thetascope.gateway.report.chart.Tick;
import io.thetascope.gateway.report.markup.Numbers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** F(τ) at the last checkpoint measured: the share of parameters that moved by more than τ, over log τ. */
final class ChangedCurve implements Panels.Curve {
    private static final int SMALLEST = -8;
    private static final int LARGEST = -1;
    private static final int ZERO = SMALLEST - 1; // where τ = 0 is put, which has no logarithm

    private final Report report;

    ChangedCurve(Report report) {
        this.report = report;
    }

    @Override
    public List<Point> of(RunRow run) {
        RunMovement moved = report.movement().get(run.runId());
        if (moved == null || moved.items().isEmpty()) {
            return List.of();
        }
        Map<String, Double> changed =
                moved.items().get(moved.items().size() - 1).changed();
        return changed.entrySet().stream()
                .map(entry -> new Point(place(Double.parseDouble(entry.getKey())), entry.getValue()))
                .sorted(Comparator.comparingDouble(Point::x))
                .toList();
    }

    private static double place(double threshold) {
        return threshold == 0 ? ZERO : Math.log10(threshold);
    }

    @Override
    public Axis x(List<RunRow> runs) {
        List<Tick> ticks = new ArrayList<>(List.of(new Tick(ZERO, "0")));
        for (int exponent = SMALLEST; exponent <= LARGEST; exponent++) {
            ticks.add(new Tick(exponent, "10" + Numbers.raised(exponent)));
        }
        return new Axis("τ", ZERO, LARGEST, ticks);
    }

    @Override
    public Axis y(List<Double> values) {
        return Axis.between("F(τ): share with |θₜ − θ₀| > τ", 0, 1, 5, value -> Numbers.percent(value, 0));
    }
}
