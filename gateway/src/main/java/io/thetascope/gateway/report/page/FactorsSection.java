package io.thetascope.gateway.report.page;

import io.thetascope.gateway.report.factors.FactorRow;
import io.thetascope.gateway.report.markup.Markup;
import io.thetascope.gateway.report.markup.Numbers;
import io.thetascope.measures.factors.Effect;
import io.thetascope.measures.factors.Residual;
import java.util.List;

/** What share of the variance over base runs each factor has. */
final class FactorsSection {
    private static final List<String> HEADINGS =
            List.of("Measure", "Effect", "df", "SS", "F", "p", "ω²", "partial ω² [95 %]", "n");
    private static final int NUMBERS = 7;

    private final List<FactorRow> rows;

    FactorsSection(List<FactorRow> rows) {
        this.rows = rows;
    }

    /** Writes nothing for a study in which no factor varies. */
    void write(Markup out) {
        if (rows.isEmpty()) {
            return;
        }
        out.open("section", "aria-labelledby", "factors").leaf("h2", "Factors", "id", "factors");
        Table table = Table.ofNumbers(out, "What the variance over base runs is due to", HEADINGS);
        String dataset = "";
        for (FactorRow row : rows) {
            if (!row.dataset().equals(dataset)) {
                dataset = row.dataset();
                table.group(dataset + ": " + String.join(", ", row.factors()));
            }
            measure(table, row);
        }
        table.end();
        out.leaf(
                "p",
                "Within one data set; runs that differ by their seed alone are the replication. SS: type II, beyond every term that"
                        + " does not contain this one. ω² = (SS − df·MSE) / (SS total + MSE): the share of the whole variance; a"
                        + " negative one says none; that of the seeds is n·MSE over the same. Partial ω²: the share beside the residual alone, as if nothing else varied;"
                        + " its limits invert the noncentral F: λ / (λ + n).",
                "class",
                "note");
        out.close("section").line();
    }

    private static void measure(Table table, FactorRow row) {
        String refused = row.refused();
        if (refused != null) {
            table.startRow("open", row.measure().label(), "");
            table.words("not analysed: " + refused);
            for (int i = 1; i < NUMBERS; i++) {
                table.number(Numbers.MISSING);
            }
            table.number(Integer.toString(row.n()));
            table.endRow();
        }
        row.effects().forEach(effect -> effect(table, row, effect));
        Residual residual = row.residual();
        if (residual != null) {
            table.startRow("sound", row.measure().label(), "");
            table.words(seedsAlone(row) ? "seed" : "seed and what is not in the model");
            table.number(Integer.toString(residual.df()));
            table.number(Numbers.plain(residual.sumOfSquares()));
            table.number(Numbers.MISSING);
            table.number(Numbers.MISSING);
            table.number(Numbers.fixed(residual.share(), 3));
            table.number(Numbers.MISSING);
            table.number(Integer.toString(row.n()));
            table.endRow();
        }
        row.omitted().forEach(omitted -> omitted(table, row, omitted));
    }

    private static void effect(Table table, FactorRow row, Effect effect) {
        table.startRow("sound", row.measure().label(), "");
        table.words(effect.name());
        table.number(Integer.toString(effect.df()));
        table.number(Numbers.plain(effect.sumOfSquares()));
        table.number(Numbers.plain(effect.f()));
        table.number(Numbers.plain(effect.p()));
        table.number(Numbers.fixed(effect.omegaSquared(), 3));
        table.number(Numbers.fixed(effect.partial(), 3) + " [" + Numbers.fixed(effect.partialLow(), 3) + ", "
                + Numbers.fixed(effect.partialHigh(), 3) + "]");
        table.number(Integer.toString(row.n()));
        table.endRow();
    }

    private static void omitted(Table table, FactorRow row, String omitted) {
        table.startRow("open", row.measure().label(), "");
        table.words("not in the model: " + omitted);
        for (int i = 0; i < NUMBERS; i++) {
            table.number(Numbers.MISSING);
        }
        table.endRow();
    }

    /** Three factors have an interaction of all three, which no pair holds. */
    private static boolean seedsAlone(FactorRow row) {
        return row.omitted().isEmpty() && row.factors().size() < 3;
    }
}
