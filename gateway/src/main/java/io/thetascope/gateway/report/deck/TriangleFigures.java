package io.thetascope.gateway.report.deck;

import io.thetascope.contracts.run.Perturbation;
import io.thetascope.gateway.report.Retraining;
import io.thetascope.gateway.report.RunRow;
import io.thetascope.gateway.report.answer.OverSeeds;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds what a study has beside three norms of the deck. */
final class TriangleFigures {
    private TriangleFigures() {}

    static List<OurTriangle> of(DeckTriangle deck, Cells cells) {
        return cells.of(row -> matches(deck, row)).stream()
                .map(group -> figures(deck, group, cells))
                .map(ours -> ours.because(TriangleReasons.of(deck, ours, cells)))
                .toList();
    }

    private static boolean matches(DeckTriangle deck, RunRow row) {
        boolean done = switch (deck.experiment()) {
            case FLIP -> Perturbation.signFlip().equals(row.perturbation());
            case DISTORTION -> Perturbation.epsilon(Deck.EPSILON).equals(row.perturbation());
            case CORRELATION -> row.generation() == 0;
        };
        return done && deck.network().includes(row.network()) && deck.dataset().equals(row.dataset());
    }

    private static OurTriangle figures(DeckTriangle deck, Cells.Group group, Cells cells) {
        List<RunRow> runs = group.counted();
        boolean trained = deck.experiment() == DeckExperiment.CORRELATION;
        return new OurTriangle(
                group.ours(),
                OverSeeds.of(runs, run -> trained ? run.startNorm() : startOfParent(run, cells)),
                trained ? OverSeeds.of(runs, RunRow::endNorm) : over(runs, Retraining::norm1),
                over(runs, Retraining::norm2),
                over(runs, Retraining::distance),
                over(runs, TriangleFigures::cosine),
                over(runs, Retraining::drift),
                over(runs, Retraining::ratioToDrift),
                over(runs, Retraining::displaced),
                List.of());
    }

    private static @Nullable Double startOfParent(RunRow run, Cells cells) {
        RunRow parent = cells.parent(run);
        return parent == null ? null : parent.startNorm();
    }

    private static @Nullable Double cosine(Retraining r) {
        Double norm1 = r.norm1();
        Double norm2 = r.norm2();
        Double distance = r.distance();
        return norm1 == null || norm2 == null || distance == null || norm1 == 0 || norm2 == 0
                ? null
                : (Double) DeckTriangle.cosine(norm1, norm2, distance);
    }

    private static OverSeeds over(List<RunRow> runs, Function<Retraining, @Nullable Double> number) {
        return OverSeeds.of(runs, run -> {
            Retraining retraining = run.retraining();
            return retraining == null ? null : number.apply(retraining);
        });
    }
}
