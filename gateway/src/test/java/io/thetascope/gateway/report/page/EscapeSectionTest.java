package io.thetascope.gateway.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.thetascope.gateway.report.RunRow;
import io.thetascope.gateway.report.SyntheticRow;
import io.thetascope.gateway.report.escape.EscapeCurve;
import io.thetascope.gateway.report.markup.Markup;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EscapeSectionTest {
    @Test
    void drawsASweepOverTheLogarithmAndSaysWhereItTurns() {
        // Given E/N of 0.5, 0.5 and 1.5 at 10⁻³, 10⁻² and 10⁻¹
        List<RunRow> rows = new ArrayList<>(List.of(SyntheticRow.base(1).row()));
        for (double size : List.of(1e-3, 1e-2, 1e-1)) {
            rows.add(SyntheticRow.perturbed(rows.size() + 1, 1, "epsilon", size)
                    .set("retraining", Map.of("displaced", 1, "effect", 1, "effectToNull", size > 0.05 ? 1.5 : 0.5))
                    .row());
        }

        // When
        Markup out = new Markup();
        new EscapeSection(EscapeCurve.of(rows)).write(out);

        // Then
        assertThat(out.toString())
                .contains("<li>E/N passes 1: at 0.03162 (one seed, no interval)</li>")
                .contains("<li>R falls below 0.5: not within the sweep: no value counts for 1 of 1 seeds")
                .contains("aria-labelledby=\"escape-1-title escape-1-desc\"")
                .contains(">10⁻³</text>")
                .contains("<th scope=\"row\">10⁻²</th>");
    }

    @Test
    void saysOfHowManyRunsANumberIsWhereOthersLackItOrAreBelowTheGate() {
        // Given two parents, of which the second has no R at 10⁻³ and misses the gate at 10⁻²
        List<RunRow> rows = new ArrayList<>();
        for (int parent = 1; parent <= 2; parent++) {
            rows.add(SyntheticRow.base(parent).gate(0.8, true).row());
            rows.add(SyntheticRow.perturbed(10 + parent, parent, "epsilon", 1e-3)
                    .gate(0.8, true)
                    .set("retraining", parent == 1 ? Map.of("recovery", 0.5) : Map.of("effect", 1))
                    .row());
            rows.add(SyntheticRow.perturbed(20 + parent, parent, "epsilon", 1e-2)
                    .gate(0.8, parent == 1)
                    .set("retraining", Map.of("effect", parent == 1 ? 2 : 99))
                    .row());
        }

        // When
        Markup out = new Markup();
        new EscapeSection(EscapeCurve.of(rows)).write(out);

        // Then
        assertThat(out.toString())
                .contains(">0.5 (1 of 2)</td>")
                .contains(">2 (1 of 2)</td>")
                .contains("<td>missed</td>");
    }

    @Test
    void writesNothingWithoutASweep() {
        Markup out = new Markup();
        new EscapeSection(List.of()).write(out);
        assertThat(out.toString()).isEmpty();
    }
}
