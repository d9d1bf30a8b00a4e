package io.thetascope.gateway.report.page;

import io.thetascope.contracts.analysis.FeaturesResult;
import io.thetascope.contracts.analysis.MovementResult;
import io.thetascope.contracts.identity.Step;
import io.thetascope.gateway.report.Leg;
import io.thetascope.gateway.report.Report;
import io.thetascope.gateway.report.RunFeatures;
import io.thetascope.gateway.report.RunMovement;
import io.thetascope.gateway.report.RunRow;
import io.thetascope.gateway.report.chart.Axis;
import io.thetascope.gateway.report.chart.Point;
import io.thetascope.gateway.report.chart.Reference;
import io.thetascope.gateway.report.chart.Tick;
import io.thetascope.gateway.report.markup.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/** The measures that are drawn. */
final class Curves {
    private static final double FEWEST_STEPS_BETWEEN_TICKS = 0.12; // of the whole axis

    private final Report report;

    Curves(Report report) {
        this.report = report;
    }

    /** Whether any run holds training images back and is evaluated on them. */
    boolean validated() {
        return report.epochs().values().stream().flatMap(List::stream).anyMatch(epoch -> epoch.validation() != null);
    }

    private List<Point> validation(RunRow run) {
        return report.epochs().getOrDefault(run.runId(), List.of()).stream()
                .flatMap(epoch -> Stream.ofNullable(epoch.validation())
                        .map(figures -> new Point(epoch.epoch(), figures.accuracy())))
                .toList();
    }

    /** Test accuracy after every epoch, from 0 to 100 %, and the accuracy on images held back where there are some. */
    Panels.Curve accuracy() {
        return new Panels.Curve() {
            @Override
            public List<Point> of(RunRow run) {
                return report.epochs().getOrDefault(run.runId(), List.of()).stream()
                        .map(epoch -> new Point(epoch.epoch(), epoch.test().accuracy()))
                        .toList();
            }

            @Override
            public List<Point> validationOf(RunRow run) {
                return validation(run);
            }

            @Override
            public Axis x(List<RunRow> runs) {
                int last = runs.stream().mapToInt(RunRow::epochs).max().orElse(1);
                return Axis.between("epoch", 0, last, Math.min(last, 5), Numbers::brief);
            }

            @Override
            public Axis y(List<Double> values) {
                return Axis.between(
                        validated() ? "accuracy" : "test accuracy", 0, 1, 5, value -> Numbers.percent(value, 0));
            }

            @Override
            public List<Reference> references(List<RunRow> runs) {
                return runs.stream()
                        .map(RunRow::gate)
                        .filter(Objects::nonNull)
                        .distinct()
                        .map(gate -> new Reference("gate " + Numbers.exactPercent(gate), gate))
                        .toList();
            }
        };
    }

    /** ‖θt − θs‖ at t, for consecutive checkpoints. */
    Panels.Curve distances() {
        return overSteps(
                "‖θₜ − θₛ‖ since the checkpoint before",
                true,
                run -> moved(run).items().stream()
                        .map(item -> new Point(item.toStep().value(), item.distance()))
                        .toList());
    }

    /** ‖θt‖ at every checkpoint, the start included. */
    Panels.Curve norms() {
        return overSteps("‖θₜ‖", false, run -> {
            List<MovementResult> items = moved(run).items();
            Stream<Point> start = items.stream()
                    .limit(1)
                    .filter(item -> item.fromStep().equals(Step.START))
                    .map(item -> new Point(0, item.startNorm()));
            return Stream.concat(
                            start,
                            items.stream().map(item -> new Point(item.toStep().value(), item.norm())))
                    .toList();
        });
    }

    /** Mean |ρ| at every checkpoint, beside what unrelated units would have. */
    Panels.Curve correlations() {
        Panels.Curve curve = overSteps(
                "mean |ρ|",
                true,
                run -> seen(run).items().stream()
                        .filter(item -> item.meanAbsCorrelation() != null)
                        .map(item -> new Point(
                                item.step().value(), Objects.requireNonNullElse(item.meanAbsCorrelation(), 0.0)))
                        .toList());
        return new WithReferences(curve, this::nulls);
    }

    private List<Reference> nulls(List<RunRow> runs) {
        return runs.stream()
                .flatMap(run -> seen(run).items().stream())
                .map(FeaturesResult::nullMeanAbsCorrelation)
                .distinct()
                .map(level -> new Reference("null √(2/πn)", level))
                .toList();
    }

    private RunMovement moved(RunRow run) {
        return report.movement().getOrDefault(run.runId(), new RunMovement(List.of(), null, null));
    }

    private RunFeatures seen(RunRow run) {
        return report.features().getOrDefault(run.runId(), new RunFeatures(List.of()));
    }

    private static Panels.Curve overSteps(String label, boolean fromZero, Function<RunRow, List<Point>> points) {
        return new Panels.Curve() {
            @Override
            public List<Point> of(RunRow run) {
                return points.apply(run);
            }

            @Override
            public Axis x(List<RunRow> runs) {
                return steps(runs);
            }

            @Override
            public Axis y(List<Double> values) {
                List<Double> shown = new ArrayList<>(values);
                if (fromZero) {
                    shown.add(0.0);
                }
                return Axis.covering(label, shown, 4);
            }
        };
    }

    /** Ticks are the checkpoints of the runs, as far as there is room for them. */
    static Axis steps(List<RunRow> runs) {
        TreeSet<Long> steps = new TreeSet<>();
        runs.stream()
                .flatMap(run -> run.distances().stream())
                .map(Leg::toStep)
                .forEach(step -> steps.add(step.value()));
        long last = steps.isEmpty() ? 1 : steps.last();
        List<Tick> ticks = new ArrayList<>(List.of(new Tick(0, "0")));
        for (long step : steps) {
            double before = step - ticks.get(ticks.size() - 1).value();
            double after = step == last ? before : (double) last - step;
            if (Math.min(before, after) >= FEWEST_STEPS_BETWEEN_TICKS * last) {
                ticks.add(new Tick(step, Long.toString(step)));
            }
        }
        return new Axis("optimizer steps", 0, last, ticks);
    }

    private record WithReferences(Panels.Curve curve, Function<List<RunRow>, List<Reference>> levels)
            implements Panels.Curve {
        @Override
        public List<Point> of(RunRow run) {
            return curve.of(run);
        }

        @Override
        public Axis x(List<RunRow> runs) {
            return curve.x(runs);
        }

        @Override
        public Axis y(List<Double> values) {
            return curve.y(values);
        }

        @Override
        public List<Reference> references(List<RunRow> runs) {
            return levels.apply(runs);
        }
    }
}
