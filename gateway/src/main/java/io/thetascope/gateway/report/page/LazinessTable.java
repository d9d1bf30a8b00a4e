package io.thetascope.gateway.report.page;

import io.thetascope.gateway.report.RunPanel;
import io.thetascope.gateway.report.RunRow;
import io.thetascope.gateway.report.markup.Markup;
import io.thetascope.gateway.report.markup.Numbers;
import java.util.List;

/** Whether runs of generation 0 only trained their linearisation. */
final class LazinessTable {
    private static final List<String> HEADINGS =
            List.of("Run", "State", "Residual", "Gates switched", "‖θₜ − θ₀‖ / ‖θ₀‖, live");

    private final Runs runs;

    LazinessTable(Runs runs) {
        this.runs = runs;
    }

    void write(Markup out) {
        out.open("section", "aria-labelledby", "laziness").leaf("h2", "Laziness", "id", "laziness");
        Table table = Table.ofNumbers(out, "Whether only the linearisation at the start was trained", HEADINGS);
        runs.base().forEach((cell, rows) -> {
            table.group(cell.caption());
            rows.forEach(row -> row(table, row));
        });
        table.end();
        out.leaf(
                "p",
                "Residual: ‖f(θₜ) − f(θ₀) − JΔ‖ / ‖f(θₜ) − f(θ₀)‖ over the logits of the probe images; 0 for lazy training. Gates"
                        + " switched: share of (image, ReLU) pairs that are open at one end and closed at the other.",
                "class",
                "note");
        out.close("section").line();
    }

    private void row(Table table, RunRow run) {
        RunPanel panel = run.panel();
        table.startRow(Standing.css(run), runs.names().of(run), run.runId().value());
        Standing.state(table.markup(), run);
        String uncertainty =
                panel.residualUncertainty() == null ? "" : " ± " + Numbers.plain(panel.residualUncertainty());
        table.number(Numbers.fixed(panel.lazinessResidual(), 4) + uncertainty);
        table.number(Numbers.percent(panel.switchedGates(), 2));
        table.number(Numbers.fixed(panel.relativeLive(), 4));
        table.endRow();
    }
}
