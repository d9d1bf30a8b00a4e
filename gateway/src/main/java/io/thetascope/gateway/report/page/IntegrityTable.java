package io.thetascope.gateway.report.page;

import io.thetascope.gateway.damage.DamagedStep;
import io.thetascope.gateway.report.Report;
import io.thetascope.gateway.report.RunIntegrity;
import io.thetascope.gateway.report.RunRow;
import io.thetascope.gateway.report.markup.Markup;
import io.thetascope.gateway.report.markup.Numbers;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whether the checkpoints of every run are what they were announced as. */
final class IntegrityTable {
    private final Runs runs;
    private final Report report;

    IntegrityTable(Runs runs, Report report) {
        this.runs = runs;
        this.report = report;
    }

    /** Says it at the top of the page where a run is damaged. */
    void alarm(Markup out) {
        List<String> damaged = report.runs().stream()
                .filter(run -> run.panel().integrity().equals(RunIntegrity.DAMAGED))
                .map(run -> runs.names().of(run) + " (" + run.runId() + ")")
                .toList();
        if (!damaged.isEmpty()) {
            out.leaf(
                    "p",
                    "⚠ Damaged checkpoints: " + String.join(", ", damaged)
                            + ". No number that was measured from a damaged checkpoint is shown; see Integrity.",
                    "class",
                    "notice");
        }
    }

    void write(Markup out) {
        out.open("section", "aria-labelledby", "integrity").leaf("h2", "Integrity", "id", "integrity");
        Table table = new Table(
                out,
                "Whether checkpoints are what they were announced as",
                List.of("Run", "Verdict", "Checkpoints", "Found"));
        runs.grouped(table, run -> row(table, run));
        table.end();
        out.close("section").line();
    }

    private void row(Table table, RunRow run) {
        RunIntegrity integrity = report.integrity().get(run.runId());
        if (integrity == null) {
            return;
        }
        String css = integrity.verdict().equals(RunIntegrity.SOUND)
                ? "sound"
                : integrity.verdict().equals(RunIntegrity.DAMAGED) ? "suspect" : "open";
        table.startRow(css, runs.names().of(run), run.runId().value());
        table.markup()
                .open("td")
                .leaf("span", integrity.verdict(), "class", "state " + css)
                .close("td");
        table.words(text(integrity.checkpoints()) + " of " + text(integrity.planned()));
        String found = Stream.concat(
                        integrity.damaged().stream().map(DamagedStep::says),
                        integrity.warnings().stream().map(warning -> "warning, " + warning))
                .collect(Collectors.joining("; "));
        table.words(found.isEmpty() ? Numbers.MISSING : found);
        table.endRow();
    }

    private static String text(@Nullable Integer count) {
        return count == null ? Numbers.MISSING : Numbers.whole(count);
    }
}
