package io.thetascope.gateway.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.thetascope.gateway.report.RunRow;
import io.thetascope.gateway.report.SyntheticRow;
import io.thetascope.gateway.report.answer.Answer;
import io.thetascope.gateway.report.markup.Markup;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AnswersTableTest {
    @Test
    void saysOfARunThatIsNotTrainedNeitherThatItHasNotRegainedNorThatItHasNoTwins() {
        // Given one of three that is trained and measured
        String html = table(
                child(2, 1).set("accuracy", 0.9).set("retraining", ended(0.9, 1.1, 4)),
                child(3, 2).set("retraining", open()),
                child(4, 3).set("retraining", open()));

        assertThat(html).contains("<td>1 of 3 measured</td>").doesNotContain("none");
        assertThat(table(child(2, 1).set("retraining", open())))
                .contains("<td>0 of 1 measured</td>")
                .contains("no end was compared with θ₁: not yet, or not asked for")
                .doesNotContain("none")
                .doesNotContain("twins are not there");
    }

    @Test
    void countsWhatNeverRegainedAmongRunsThatEndedAlone() {
        // Given one that regained, one that ended without, and one that is still training
        Map<String, Object> never = ended(0.9, 1.1, 4);
        never.put("regained", Map.of("target", 0.95, "reason", "not regained in 20 epochs"));
        String html = table(
                child(2, 1).set("accuracy", 0.96).set("retraining", ended(0.9, 1.1, 4)),
                child(3, 2).set("accuracy", 0.9).set("retraining", never),
                child(4, 3).set("retraining", open()));

        assertThat(html).contains("4 <span class=\"below\">1 of 2</span>");
    }

    @Test
    void saysWhetherARunStayedReturnedOrEndedElsewhere() {
        // Given S and 1 − R, the distances from θp and θ1 in units of the displacement
        assertThat(ofThree(0.2, 0.9)).contains("nearer to θₚ").doesNotContain("elsewhere");
        assertThat(ofThree(0.9, 0.2)).contains("nearer to θ₁").doesNotContain("elsewhere");
        assertThat(ofThree(0.9, 1.3)).contains("nearer to θₚ").contains("it ended elsewhere");
        assertThat(ofThree(0.5, 0.6)).doesNotContain("elsewhere");
    }

    @Test
    void saysOfAWideIntervalThatEverySeedIsOnOneSide() {
        assertThat(ratios(258.8, 102.1, 110.2))
                .contains("the interval of E / N holds 1, though every one of 3 seeds is above it");
        assertThat(ratios(0.5, 258.8, 2)).contains("the interval of E / N holds 1;");
    }

    @Test
    void writesARecoveryNearZeroAsANumber() {
        assertThat(ofThree(0.03, 1.00005)).contains(">−5×10⁻⁵ ").doesNotContain("0.000<");
    }

    @Test
    void saysOfHowManyRunsANumberIsWhereSomeLackIt() {
        Map<String, Object> belowDrift = ended(0.1, 0.9, 1);
        belowDrift.remove("recovery");
        belowDrift.remove("departure");
        assertThat(table(
                        child(2, 1).set("retraining", ended(0.8, 0.75, 1)),
                        child(3, 2).set("retraining", belowDrift)))
                .contains("0.25 <span class=\"below\">1 of 2</span>");
    }

    private static String ratios(double... ratios) {
        List<SyntheticRow> children = new ArrayList<>();
        for (double ratio : ratios) {
            Map<String, Object> figures = ended(0.9, 1.1, 1);
            figures.put("effectToNull", ratio);
            children.add(child(10 + children.size(), 1 + children.size()).set("retraining", figures));
        }
        return table(children.toArray(SyntheticRow[]::new));
    }

    private static String ofThree(double departure, double distance) {
        return table(
                child(2, 1).set("retraining", ended(departure - 0.01, distance - 0.01, 1)),
                child(3, 2).set("retraining", ended(departure, distance, 1)),
                child(4, 3).set("retraining", ended(departure + 0.01, distance + 0.01, 1)));
    }

    private static String table(SyntheticRow... children) {
        Markup out = new Markup();
        List<RunRow> rows = List.of(children).stream().map(SyntheticRow::row).toList();
        new AnswersTable(Answer.of(rows)).write(out);
        return out.toString();
    }

    private static SyntheticRow child(int number, int parent) {
        return SyntheticRow.perturbed(number, parent, "epsilon", 1e-3);
    }

    /** A retraining that is displaced by 1. */
    private static Map<String, Object> ended(double departure, double distance, int epochs) {
        Map<String, Object> figures = new HashMap<>();
        figures.put("distance", distance);
        figures.put("departure", departure);
        figures.put("recovery", 1 - distance);
        figures.put("effectToNull", 1.2);
        figures.put("regained", Map.of("target", 0.95, "epochs", epochs));
        return figures;
    }

    private static Map<String, Object> open() {
        return Map.of("regained", Map.of("target", 0.95, "reason", "no epoch known"));
    }
}
