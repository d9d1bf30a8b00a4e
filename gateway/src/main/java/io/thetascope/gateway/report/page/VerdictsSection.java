package io.thetascope.gateway.report.page;

import io.thetascope.gateway.report.markup.Markup;
import io.thetascope.gateway.report.markup.Numbers;
import io.thetascope.gateway.verdict.CellValue;
import io.thetascope.gateway.verdict.Outcome;
import io.thetascope.gateway.verdict.Verdict;
import io.thetascope.gateway.verdict.Verdicts;
import java.util.List;
import java.util.stream.Collectors;

/** What the study says to each claim of the deck, and the numbers by which. */
final class VerdictsSection {
    private static final int MOST_SHOWN = 9;

    private final Verdicts verdicts;

    VerdictsSection(Verdicts verdicts) {
        this.verdicts = verdicts;
    }

    void write(Markup out) {
        out.open("section", "aria-labelledby", "verdicts").leaf("h2", "Verdicts", "id", "verdicts");
        overview(out);
        out.leaf("p", verdicts.note(), "class", "note");
        numbers(out);
        out.close("section").line();
    }

    private void overview(Markup out) {
        Table table = new Table(
                out,
                "What this study says to each claim",
                List.of("Claim", "Verdict", "Estimator", "Threshold", "Gate", "Runs", "Why"));
        for (Verdict verdict : verdicts.items()) {
            table.startRow("sound", verdict.number() + ". " + verdict.claim(), "");
            out.open("td")
                    .leaf("span", verdict.verdict().word(), "class", "state " + css(verdict.verdict()))
                    .close("td");
            table.words(verdict.estimator());
            table.words(verdict.threshold());
            table.words(verdict.gate());
            table.number(Integer.toString(verdict.n()));
            out.leaf("td", verdict.reason(), "class", "reason");
            table.endRow();
        }
        table.end();
    }

    private static String css(Outcome outcome) {
        return switch (outcome) {
            case SUPPORTED -> "sound";
            case REFUTED -> "suspect";
            case UNDERPOWERED, GATE_NOT_MET -> "open";
            case NOT_APPLICABLE -> "none";
        };
    }

    private void numbers(Markup out) {
        List<Verdict> judged = verdicts.items().stream()
                .filter(verdict -> !verdict.values().isEmpty())
                .toList();
        if (judged.isEmpty()) {
            return;
        }
        Table table = new Table(
                out,
                "The numbers that the verdicts are taken from",
                List.of(
                        "Cell",
                        "Measure",
                        "Seeds",
                        "Mean",
                        "95 % interval",
                        "Beyond?",
                        "By seed",
                        "Left out, missing"));
        for (Verdict verdict : judged) {
            table.group(verdict.number() + ". " + verdict.claim() + ": "
                    + verdict.verdict().word());
            verdict.values().forEach(value -> row(table, value));
        }
        table.end();
    }

    private static void row(Table table, CellValue value) {
        table.startRow("sound", value.cell(), "");
        table.words(value.measure());
        table.number(Integer.toString(value.n()));
        table.number(Numbers.plain(value.mean()));
        table.number(
                value.low() == null
                        ? Numbers.MISSING
                        : "[" + Numbers.plain(value.low()) + ", " + Numbers.plain(value.high()) + "]");
        table.words(value.beyond() == null ? "undecided" : value.beyond() ? "yes" : "no: the other side");
        table.words(bySeed(value));
        table.words(value.note() == null ? "nothing" : value.note());
        table.endRow();
    }

    private static String bySeed(CellValue value) {
        if (value.perSeed().isEmpty()) {
            return Numbers.MISSING;
        }
        String shown = value.perSeed().stream()
                .limit(MOST_SHOWN)
                .map(replicate -> replicate.seed().replace(" : ", "–") + ": " + Numbers.plain(replicate.value()))
                .collect(Collectors.joining(", "));
        int more = value.perSeed().size() - MOST_SHOWN;
        return more > 0 ? shown + " and " + more + " more in the JSON" : shown;
    }
}
