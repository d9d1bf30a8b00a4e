package io.thetascope.gateway.report.page;

import io.thetascope.gateway.report.Leg;
import io.thetascope.gateway.report.RunRow;
import io.thetascope.gateway.report.markup.Markup;
import io.thetascope.gateway.report.markup.Numbers;
import java.util.ArrayList;
import java.util.List;

/** Every run: accuracy, how far its parameters moved, how many changed, how its features hang together. */
final class MovementTable {
    private static final int MOST_LEGS = 6;

    private final Runs runs;
    private final List<Leg.Place> places;
    private final String end;

    MovementTable(Runs runs, List<RunRow> rows) {
        this.runs = runs;
        List<Leg.Place> all = rows.stream()
                .flatMap(row -> row.distances().stream())
                .map(Leg::place)
                .distinct()
                .toList();
        this.places = all.size() <= MOST_LEGS ? all : List.of();
        List<Integer> lengths = rows.stream().map(RunRow::epochs).distinct().toList();
        this.end = lengths.size() == 1 ? Numbers.lowered(lengths.get(0)) : "ₜ";
    }

    void write(Markup out) {
        Table table = Table.ofNumbers(out, "How far every run moved", headings());
        runs.grouped(table, row -> row(table, row));
        table.end();
    }

    private List<String> headings() {
        List<String> headings = new ArrayList<>(List.of("Run", "State", "Test accuracy", "‖θ₀‖", "‖θ" + end + "‖"));
        places.forEach(place -> headings.add(heading(place)));
        headings.addAll(List.of("‖θ" + end + " − θ₀‖", "Changed", "Mean |ρ|"));
        return headings;
    }

    private static String heading(Leg.Place place) {
        String unit = place.unit().equals("epoch") ? "" : "step ";
        return "‖θ" + unit + Numbers.lowered(place.to()) + " − θ" + unit + Numbers.lowered(place.from()) + "‖";
    }

    private void row(Table table, RunRow run) {
        table.startRow(Standing.css(run), runs.names().of(run), run.runId().value());
        Standing.state(table.markup(), run);
        Standing.accuracy(table.markup(), run);
        table.number(Numbers.plain(run.startNorm()));
        table.number(Numbers.plain(run.endNorm()));
        for (Leg.Place place : places) {
            table.number(run.distances().stream()
                    .filter(leg -> leg.place().equals(place))
                    .findFirst()
                    .map(leg -> Numbers.plain(leg.distance()))
                    .orElse(Numbers.MISSING));
        }
        table.number(Numbers.plain(run.distanceFromStart()));
        table.number(Numbers.percent(run.changed(), 2));
        table.number(Numbers.fixed(run.meanAbsCorrelation(), 4));
        table.endRow();
    }
}
