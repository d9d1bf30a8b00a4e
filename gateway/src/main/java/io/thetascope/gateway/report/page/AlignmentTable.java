package io.thetascope.gateway.report.page;

import io.thetascope.contracts.analysis.AlignmentResult;
import io.thetascope.gateway.report.AcrossRuns;
import io.thetascope.gateway.report.markup.Markup;
import io.thetascope.gateway.report.markup.Numbers;
import java.util.List;

/** How far two ends are apart once the symmetries of their network are taken out, one after the other. */
final class AlignmentTable {
    private static final List<String> STAGES = List.of(
            AlignmentResult.RAW, AlignmentResult.RESCALED, AlignmentResult.SIGN_AWARE, AlignmentResult.PERMUTED);

    private final Runs runs;
    private final List<AcrossRuns<AlignmentResult>> alignments;

    AlignmentTable(Runs runs, List<AcrossRuns<AlignmentResult>> alignments) {
        this.runs = runs;
        this.alignments = alignments;
    }

    void write(Markup out) {
        if (alignments.isEmpty()) {
            return;
        }
        out.open("section", "aria-labelledby", "alignment")
                .leaf("h2", "Distance that knows symmetry", "id", "alignment");
        Table table = Table.ofNumbers(
                out,
                "d / √(‖a‖‖b‖) after each symmetry is taken out",
                List.of("Models", "Outcome", "Raw", "Rescaled", "Sign-aware", "Permuted", "Units moved"));
        alignments.forEach(row -> row(table, row));
        table.end();
        out.leaf(
                "p",
                "Each stage is on top of the one before; = marks a symmetry that the network does not have. Upper bounds, since"
                        + " matching is a heuristic. Models of equal norm that share nothing are about 1.414 apart; runs of"
                        + " one seed share the random numbers of their starts.",
                "class",
                "note");
        out.close("section").line();
    }

    private void row(Table table, AcrossRuns<AlignmentResult> row) {
        table.startRow(
                Standing.css(row.outcome()),
                runs.names().of(row.left()) + " : " + runs.names().of(row.right()),
                "");
        table.words(row.outcome());
        AlignmentResult numbers = row.numbers();
        for (String stage : STAGES) {
            table.number(numbers == null ? Numbers.MISSING : stage(numbers, stage));
        }
        table.number(numbers == null ? Numbers.MISSING : moved(numbers));
        table.endRow();
    }

    private static String stage(AlignmentResult numbers, String name) {
        return numbers.stages().stream()
                .filter(stage -> stage.name().equals(name))
                .findFirst()
                .map(stage -> (stage.applies() ? "" : "= ") + Numbers.fixed(stage.normalised(), 4))
                .orElse(Numbers.MISSING);
    }

    private static String moved(AlignmentResult numbers) {
        int moved =
                numbers.groups().stream().mapToInt(AlignmentResult.Group::moved).sum();
        int units =
                numbers.groups().stream().mapToInt(AlignmentResult.Group::units).sum();
        return Numbers.whole(moved) + " of " + Numbers.whole(units);
    }
}
