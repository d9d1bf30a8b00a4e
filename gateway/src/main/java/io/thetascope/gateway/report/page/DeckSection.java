package io.thetascope.gateway.report.page;

import io.thetascope.gateway.report.deck.BesideDeck;
import io.thetascope.gateway.report.deck.DeckTriangle;
import io.thetascope.gateway.report.deck.OurCell;
import io.thetascope.gateway.report.deck.OurShare;
import io.thetascope.gateway.report.deck.OurTriangle;
import io.thetascope.gateway.report.deck.Reason;
import io.thetascope.gateway.report.markup.Markup;
import io.thetascope.gateway.report.markup.Numbers;
import java.util.List;

/** The deck's own numbers, ours below each, and what explains the difference. */
final class DeckSection {
    private static final String NOT_RUN = "not run";

    private final BesideDeck deck;

    DeckSection(BesideDeck deck) {
        this.deck = deck;
    }

    void write(Markup out) {
        out.open("section", "aria-labelledby", "deck").leaf("h2", "The deck beside us", "id", "deck");
        triangles(out);
        claims(out);
        out.leaf(
                "p",
                "Ours are means over seeds, with the range below where they differ; runs are left out where they, θ₁ or a twin are"
                        + " below the accuracy gate. cos is computed from the three norms, of the deck and of each run of ours. Explained: by a"
                        + " number of this study. Not explained: no number"
                        + " of this study says why the two differ.",
                "class",
                "note");
        out.close("section").line();
    }

    private void triangles(Markup out) {
        Table table = Table.ofNumbersAndWords(
                out,
                "Norms: the deck and this study",
                List.of("Slide", "Runs", "‖θ₁‖", "‖θ₂‖", "‖θ₁ − θ₂‖", "cos", "Our twins' drift", "Explained?"));
        for (BesideDeck.Triangle row : deck.triangles()) {
            DeckTriangle given = row.deck();
            table.group(given.experiment().slide() + ", " + given.dataset());
            table.startRow("deck", "The deck: " + given.network().title(), "");
            table.words("");
            table.number(Numbers.fixed(given.norm1(), 2));
            table.number(Numbers.fixed(given.norm2(), 2));
            table.number(Numbers.fixed(given.distance(), 2));
            table.number(Numbers.ratio(given.cosine()));
            table.number(Numbers.MISSING);
            table.reason("which network is " + given.network().inference());
            table.endRow();
            if (row.ours().isEmpty()) {
                notRun(table, 5);
            }
            row.ours().forEach(ours -> triangle(table, ours));
        }
        table.end();
    }

    private static void triangle(Table table, OurTriangle ours) {
        table.startRow("", ours.cell().title(), "");
        table.words(runs(ours.cell()));
        Spread.range(table, ours.norm1(), Numbers::plain);
        Spread.range(table, ours.norm2(), Numbers::plain);
        Spread.range(table, ours.distance(), Numbers::plain);
        Spread.range(table, ours.cosine(), Numbers::ratio);
        Spread.range(table, ours.drift(), Numbers::plain);
        reasons(table, ours.reasons());
        table.endRow();
    }

    private void claims(Markup out) {
        Table table = Table.ofNumbersAndWords(
                out,
                "Shares: the deck and this study",
                List.of("Claim", "Runs", "Share", "Can only meet padding", "Explained?"));
        for (BesideDeck.Claim row : deck.claims()) {
            table.group(row.deck().words() + " (below: share " + (row.deck().unchanged() ? "unchanged)" : "changed)"));
            if (row.ours().isEmpty()) {
                notRun(table, 2);
            }
            row.ours().forEach(ours -> share(table, ours));
        }
        table.end();
    }

    private static void share(Table table, OurShare ours) {
        table.startRow("", ours.cell().title(), "");
        table.words(runs(ours.cell()));
        Spread.range(table, ours.share(), v -> Numbers.percent(v, 2));
        Spread.range(table, ours.predictedGeometryDead(), v -> Numbers.percent(v, 2));
        reasons(table, ours.reasons());
        table.endRow();
    }

    private static String runs(OurCell cell) {
        return cell.runs() + (cell.belowGate() == 0 ? "" : " (" + cell.belowGate() + " below the gate)") + ", "
                + cell.training();
    }

    private static void notRun(Table table, int numbers) {
        table.startRow("open", "This study", "");
        table.words(NOT_RUN);
        for (int i = 0; i < numbers; i++) {
            table.number(Numbers.MISSING);
        }
        table.reason(NOT_RUN);
        table.endRow();
    }

    private static void reasons(Table table, List<Reason> reasons) {
        Markup out = table.markup();
        out.open("td", "class", "reason");
        for (Reason reason : reasons) {
            out.open("span", "class", "because");
            out.leaf(
                    "span",
                    reason.explained() ? "explained: " : "not explained: ",
                    "class",
                    reason.explained() ? "explained" : "unexplained");
            out.text(reason.words()).close("span");
        }
        out.close("td");
    }
}
