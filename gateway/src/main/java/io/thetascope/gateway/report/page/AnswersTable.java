package io.thetascope.gateway.report.page;

import io.thetascope.gateway.report.answer.Answer;
import io.thetascope.gateway.report.answer.OverSeeds;
import io.thetascope.gateway.report.markup.Markup;
import io.thetascope.gateway.report.markup.Numbers;
import java.util.ArrayList;
import java.util.List;

/** What became of each perturbation, over the seeds of its cell. It says what the intervals carry, and no more. */
final class AnswersTable {
    private static final double HALF = 0.5;

    private final List<Answer> answers;

    AnswersTable(List<Answer> answers) {
        this.answers = answers;
    }

    void write(Markup out) {
        Table table = Table.ofNumbersAndWords(
                out,
                "What the numbers say, mean and 95 % t interval over seeds",
                List.of("Perturbation", "Runs", "E / N", "÷ drift", "R", "S", "Epochs to regain", "Reads as"));
        String cell = "";
        for (Answer answer : answers) {
            String next = answer.network() + " on " + answer.dataset() + ", " + answer.initialization() + ", "
                    + answer.optimizer();
            if (!next.equals(cell)) {
                cell = next;
                table.group(cell);
            }
            row(table, answer);
        }
        table.end();
        out.leaf(
                "p",
                "E / N: how far the end is from the same-seed twin's, as a multiple of what a change of data order alone does."
                        + " ÷ drift: ‖θ₂ − θ₁‖ as a multiple of the same-seed twin's. R: 1 came back, S: 0 stayed where it was"
                        + " put; both " + Numbers.MISSING
                        + " where the displacement is below a tenth of the drift. Epochs to"
                        + " regain: until test accuracy reached θ₁'s less half a point. Runs are left out where they,"
                        + " θ₁ or a twin are below the accuracy gate. The intervals are of each line alone; nothing is corrected for their number.",
                "class",
                "note");
    }

    private static void row(Table table, Answer answer) {
        table.startRow("", RunNames.perturbed(answer.perturbation()), "");
        table.words(runs(answer));
        Spread.interval(table, answer.effectToNull(), answer.measured(), Numbers::plain);
        Spread.interval(table, answer.ratioToDrift(), answer.measured(), Numbers::plain);
        Spread.interval(table, answer.recovery(), answer.measured(), Numbers::plain);
        Spread.interval(table, answer.departure(), answer.measured(), Numbers::plain);
        regained(table, answer);
        table.reason(reading(answer));
        table.endRow();
    }

    private static String runs(Answer answer) {
        String counted = answer.measured() == answer.counted()
                ? String.valueOf(answer.counted())
                : answer.measured() + " of " + answer.counted() + " measured";
        return counted + (answer.belowGate() == 0 ? "" : " (" + answer.belowGate() + " below the gate)");
    }

    private static void regained(Table table, Answer answer) {
        OverSeeds epochs = answer.epochsToRegain();
        if (answer.notRegained() > 0) {
            String some = epochs.n() + " of " + (epochs.n() + answer.notRegained());
            table.number(epochs.n() == 0 ? "none" : Spread.count(epochs.mean()), some);
        } else {
            table.number(Spread.count(epochs.mean()), Spread.range(epochs, Spread::count));
        }
    }

    private static String reading(Answer answer) {
        if (answer.counted() == 0) {
            return "no run is worth discussing: all are below the accuracy gate";
        }
        if (answer.measured() == 0) {
            return "no end was compared with θ₁: not yet, or not asked for";
        }
        List<String> words = new ArrayList<>(List.of(againstTwins(answer.effectToNull())));
        place(answer.recovery(), answer.departure(), words);
        return String.join("; ", words);
    }

    private static String againstTwins(OverSeeds ratio) {
        if (ratio.n() == 0) {
            return "no E / N: the twins are not there, or not compared yet";
        }
        if (!ratio.hasInterval()) {
            return "E / N of one seed, no interval: nothing can be said about chance";
        }
        if (ratio.above(1)) {
            return "further from its twin than a change of data order";
        }
        return ratio.below(1)
                ? "closer to its twin than a change of data order"
                : "not told from a change of data order: the interval of E / N holds 1" + everySeed(ratio);
    }

    /** Few seeds that differ much have a wide interval, however far all of them are on one side. */
    private static String everySeed(OverSeeds ratio) {
        Double least = ratio.least();
        Double most = ratio.most();
        if (least != null && least > 1) {
            return ", though every one of " + ratio.n() + " seeds is above it";
        }
        return most != null && most < 1 ? ", though every one of " + ratio.n() + " seeds is below it" : "";
    }

    /** ‖θ2 − θ1‖ is 1 − R, ‖θ2 − θp‖ is S, in units of the displacement; the two add up to at least 1. */
    private static void place(OverSeeds recovery, OverSeeds departure, List<String> words) {
        Double mostRecovered = recovery.high();
        Double leastRecovered = recovery.low();
        if (mostRecovered == null || leastRecovered == null) {
            return;
        }
        if (departure.below(1 - mostRecovered)) {
            words.add("nearer to θₚ, where it was put, than to θ₁");
        } else if (departure.above(1 - leastRecovered)) {
            words.add("nearer to θ₁, where it came from, than to θₚ");
        }
        if (departure.above(HALF) && recovery.below(HALF)) {
            words.add("it ended elsewhere: more than half the displacement away from both");
        }
    }
}
