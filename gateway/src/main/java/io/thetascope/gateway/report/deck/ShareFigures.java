package io.thetascope.gateway.report.deck;

import io.thetascope.contracts.analysis.Attribution;
import io.thetascope.gateway.report.RunRow;
import io.thetascope.gateway.report.Unmoved;
import io.thetascope.gateway.report.answer.OverSeeds;
import io.thetascope.gateway.report.markup.Numbers;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds what a study has beside a share of the deck, and why it is what it is. */
final class ShareFigures {
    /** A share is taken as that of the geometry-dead weights where it is so close. */
    private static final double SAME_SHARE = 0.02;

    private ShareFigures() {}

    static List<OurShare> of(DeckClaim deck, Cells cells) {
        return cells
                .of(row -> row.generation() == 0
                        && deck.network().includes(row.network())
                        && (deck.dataset() == null || row.dataset().equals(deck.dataset())))
                .stream()
                .map(group -> figures(deck, group))
                .toList();
    }

    private static OurShare figures(DeckClaim deck, Cells.Group group) {
        OverSeeds share = OverSeeds.of(group.counted(), run -> deck.unchanged() ? unchanged(run) : run.changed());
        OverSeeds predicted = OverSeeds.of(group.counted(), ShareFigures::predicted);
        return new OurShare(group.ours(), share, predicted, List.of(reason(deck, group, share, predicted)));
    }

    private static Reason reason(DeckClaim deck, Cells.Group group, OverSeeds share, OverSeeds predicted) {
        Double least = share.least();
        if (least == null) {
            return Reason.unexplained(
                    group.ours().belowGate() > 0
                            ? "every run of ours is below the accuracy gate"
                            : "the numbers of our runs are not there: not measured yet, or not asked for");
        }
        double dead = predicted.mean() == null ? 0 : predicted.mean();
        if (deck.unchanged() && dead > 0 && Math.abs(share.known() - dead) <= SAME_SHARE) {
            return Reason.explained(Numbers.percent(dead, 2)
                    + " of the parameters can only ever meet padding at this input, known before training: that is what"
                    + " stays");
        }
        if (least >= deck.least()) {
            return Reason.explained("as the deck has it");
        }
        return deck.unchanged() && dead == 0 && share.known() <= SAME_SHARE
                ? Reason.explained("at this input no tap of a kernel meets padding alone, so that nothing has to stay")
                : causes(group.counted());
    }

    private static Reason causes(List<RunRow> runs) {
        List<Attribution> found = runs.stream()
                .map(RunRow::unmoved)
                .flatMap(Stream::ofNullable)
                .map(Unmoved::found)
                .filter(Objects::nonNull)
                .toList();
        if (found.size() < runs.size()) {
            return Reason.unexplained("why the rest did not change was not measured");
        }
        long unchanged = found.stream().mapToLong(Attribution::unchanged).sum();
        String words = "of " + Numbers.whole(unchanged) + " that did not change"
                + (runs.size() == 1 ? "" : " in " + runs.size() + " runs") + ", "
                + count(found.stream().mapToLong(Attribution::geometryDead).sum(), "geometry-dead")
                + count(found.stream().mapToLong(Attribution::dataDead).sum(), "data-dead")
                + count(found.stream().mapToLong(Attribution::absorbed).sum(), "absorbed")
                + count(found.stream().mapToLong(Attribution::returned).sum(), "returned");
        long unexplained = found.stream().mapToLong(Attribution::unexplained).sum();
        return unexplained == 0
                ? Reason.explained(words + "none without a cause")
                : Reason.unexplained(words + Numbers.whole(unexplained) + " without a cause");
    }

    private static String count(long number, String cause) {
        return number == 0 ? "" : Numbers.whole(number) + " " + cause + ", ";
    }

    private static @Nullable Double unchanged(RunRow run) {
        Unmoved unmoved = run.unmoved();
        return unmoved == null ? null : unmoved.share();
    }

    private static @Nullable Double predicted(RunRow run) {
        Unmoved unmoved = run.unmoved();
        return unmoved == null ? null : (Double) ((double) unmoved.predictedGeometryDead() / unmoved.parameters());
    }
}
