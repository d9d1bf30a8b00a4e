package io.thetascope.gateway.report.deck;

import io.thetascope.gateway.report.answer.OverSeeds;
import io.thetascope.gateway.report.markup.Numbers;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/**
 * Which of the deck's norms a study explains. A number of the study is an explanation; a setting that the deck does not state
 * is none, and is named beside the difference it may be behind.
 */
final class TriangleReasons {
    /** Norms that differ by less are taken as equal: the deck gives two decimals of one run. */
    private static final double SAME_NORM = 0.02;
    /** A distance is taken as explained by a displacement or a drift that it equals so closely. */
    private static final double SAME_DISTANCE = 0.1;

    private static final String NOT_STATED =
            "; the deck states neither initialisation (perhaps pretrained), optimizer, learning rate nor epochs here";

    private TriangleReasons() {}

    static List<Reason> of(DeckTriangle deck, OurTriangle ours, Cells cells) {
        List<Reason> reasons = new ArrayList<>();
        if (ours.norm1().n() == 0) {
            return List.of(Reason.unexplained(
                    ours.cell().belowGate() > 0
                            ? "every run of ours is below the accuracy gate"
                            : "the numbers of our runs are not there: not measured yet, or not asked for"));
        }
        switch (deck.experiment()) {
            case FLIP -> flip(deck, ours, reasons);
            case DISTORTION -> distortion(deck, ours, reasons);
            case CORRELATION ->
                reasons.add(
                        Reason.explained("equal norms at a distance of 0 are one model, read twice: the slide compares"
                                + " no two trainings"));
        }
        reasons.add(norm(deck, ours, cells.trainedNorms(deck.network(), deck.dataset())));
        return reasons;
    }

    private static void flip(DeckTriangle deck, OurTriangle ours, List<Reason> reasons) {
        if (ours.distance().n() == 0) {
            return;
        }
        double theirs = deck.distance() / (2 * deck.norm1());
        double mine = ours.distance().known() / (2 * ours.norm1().known());
        String numbers = "the flip alone displaces by 2‖θ₁‖; the deck ended at " + Numbers.fixed(theirs, 3)
                + " of that, our runs at " + Numbers.fixed(mine, 3);
        reasons.add(
                near(theirs, 1, SAME_DISTANCE) && near(mine, 1, SAME_DISTANCE)
                        ? Reason.explained(numbers + ": both are about as far from θ₁ as the flip put them")
                        : Reason.unexplained(numbers));
    }

    private static void distortion(DeckTriangle deck, OurTriangle ours, List<Reason> reasons) {
        if (ours.distance().n() == 0) {
            return;
        }
        String put = ours.displaced().n() == 0
                ? ""
                : "10⁻⁶ displaces by " + Numbers.plain(ours.displaced().mean()) + ", the deck ended "
                        + Numbers.plain(deck.distance()) + " away; ";
        OverSeeds ratio = ours.ratioToDrift();
        if (ratio.n() == 0) {
            reasons.add(Reason.unexplained(put + "no same-seed twin of ours says how far retraining drifts by itself"));
        } else {
            String numbers = put + "our twins without it drift " + range(ours.drift()) + ", our runs with it ended "
                    + Numbers.fixed(ratio.mean(), 3) + " times as far";
            reasons.add(
                    near(ratio.known(), 1, SAME_DISTANCE)
                            ? Reason.explained(numbers + ": the distance is the drift of retraining")
                            : Reason.unexplained(numbers));
        }
        amount(deck, ours, reasons);
    }

    private static void amount(DeckTriangle deck, OurTriangle ours, List<Reason> reasons) {
        double ratio = ours.distance().known() / deck.distance();
        if (!near(ratio, 1, SAME_DISTANCE)) {
            reasons.add(Reason.unexplained("we ended " + Numbers.plain(ratio)
                    + " times as far as the deck; how far retraining drifts depends on how long and how fast it is (ours: "
                    + ours.cell().training() + ")" + NOT_STATED));
        }
    }

    private static Reason norm(DeckTriangle deck, OurTriangle ours, Collection<Double> allOurs) {
        double ratio = ours.norm1().known() / deck.norm1();
        String difference = "‖θ₁‖ is " + Numbers.fixed(ratio, 3) + " of the deck's";
        if (near(ratio, 1, SAME_NORM)) {
            return Reason.explained(difference);
        }
        if (!allOurs.isEmpty()
                && Collections.min(allOurs) <= deck.norm1()
                && deck.norm1() <= Collections.max(allOurs)) {
            return Reason.explained(difference + ": start, optimizer and seed alone spread it from "
                    + Numbers.plain(Collections.min(allOurs)) + " to " + Numbers.plain(Collections.max(allOurs))
                    + " in this study");
        }
        return Reason.unexplained(difference + ", from a start of " + range(ours.start()) + " (ours: "
                + ours.cell().training() + ")" + NOT_STATED);
    }

    private static boolean near(double value, double wanted, double tolerance) {
        return Math.abs(value - wanted) <= tolerance;
    }

    private static String range(OverSeeds figures) {
        Double least = figures.least();
        Double most = figures.most();
        return least == null || most == null || least.equals(most)
                ? Numbers.plain(figures.mean())
                : Numbers.plain(least) + " to " + Numbers.plain(most);
    }
}
