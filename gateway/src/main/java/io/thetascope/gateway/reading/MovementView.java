package io.thetascope.gateway.reading;

import io.thetascope.contracts.analysis.MovementResult;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.gateway.damage.Damage;
import io.thetascope.gateway.damage.DamagedStep;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a run moved (MEASURES §1), and why the rest did not (§2): each item carries its {@code attribution}, whole and per
 * layer.
 *
 * @param items between consecutive checkpoints, by step
 * @param pathLength Σ of the distances; absent before anything is measured, where a piece is missing and beside damage
 * @param straightness ‖θT − θ0‖ / path, 0–1; absent at path 0
 * @param paths the same of the whole, the live parameters, every kind and every layer; empty where {@code pathLength} is absent
 * @param withheld what was measured, but from or to a damaged checkpoint
 * @param damaged the damaged checkpoints; empty for a sound run
 */
public record MovementView(
        List<MovementResult> items,
        @Nullable Double pathLength,
        @Nullable Double straightness,
        List<PathView> paths,
        List<Withheld> withheld,
        List<DamagedStep> damaged) {
    public MovementView {
        items = List.copyOf(items);
        paths = List.copyOf(paths);
        withheld = List.copyOf(withheld);
        damaged = List.copyOf(damaged);
    }

    /** Returns the view of what is known of a run's movements. */
    public static MovementView of(RunId run, List<AnalysisReading.Known> movements, Damage damage) {
        Measured<MovementResult> measured = Measured.of(movements, damage, MovementResult.class);
        List<MovementResult> items = measured.numbers();
        boolean whole = damage.of(run).isEmpty() && !items.isEmpty() && gapless(items);
        List<PathView> paths = whole ? PathView.of(items) : List.of();
        return new MovementView(
                items,
                whole ? (Double) paths.get(0).pathLength() : null,
                whole ? paths.get(0).straightness() : null,
                paths,
                measured.withheld(),
                damage.of(run));
    }

    /** A path with a piece missing would be too short without saying so. */
    private static boolean gapless(List<MovementResult> items) {
        long at = 0;
        for (MovementResult item : items) {
            if (item.fromStep().value() != at) {
                return false;
            }
            at = item.toStep().value();
        }
        return true;
    }
}
