package io.thetascope.gateway.reading;

import io.thetascope.contracts.analysis.MovementResult;
import io.thetascope.contracts.identity.Step;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far a run moved (MEASURES §1), and why the rest did not (§2): each item carries its {@code attribution}, whole and per
 * layer.
 *
 * @param items between consecutive checkpoints, by step
 * @param pathLength Σ of the distances; absent before anything is measured or where a piece is missing
 * @param straightness ‖θT − θ0‖ / path, 0–1; absent at path 0
 */
public record MovementView(
        List<MovementResult> items,
        @Nullable Double pathLength,
        @Nullable Double straightness) {
    public MovementView {
        items = List.copyOf(items);
    }

    /**
     * Returns the view of results that are ordered by step. Of two for a step, measured by analyzers of different age, the
     * one that says more counts.
     */
    public static MovementView of(List<MovementResult> results) {
        Map<Step, MovementResult> byStep = new LinkedHashMap<>();
        results.forEach(result ->
                byStep.merge(result.toStep(), result, (first, other) -> first.attribution() != null ? first : other));
        List<MovementResult> items = List.copyOf(byStep.values());
        if (items.isEmpty() || !gapless(items)) {
            return new MovementView(items, null, null);
        }
        double path = items.stream().mapToDouble(MovementResult::distance).sum();
        double end = items.get(items.size() - 1).distanceFromStart();
        return new MovementView(items, path, path > 0 ? (Double) (end / path) : null);
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
