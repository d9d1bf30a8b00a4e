package io.thetascope.gateway.report;

import io.thetascope.contracts.analysis.MovementResult;
import io.thetascope.contracts.identity.Step;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far one run moved (MEASURES §1).
 *
 * @param items ascending by step; a step that could not be measured is missing
 * @param pathLength sum of the distances; absent unless every step planned was measured
 * @param straightness distance from start to end / path length; absent at path 0 and where the path is
 */
public record RunMovement(
        List<MovementResult> items,
        @Nullable Double pathLength,
        @Nullable Double straightness) {
    public RunMovement {
        items = List.copyOf(items);
    }

    static RunMovement of(List<MovementResult> ascending, boolean complete) {
        if (!complete || ascending.isEmpty()) {
            return new RunMovement(ascending, null, null);
        }
        double path = ascending.stream().mapToDouble(MovementResult::distance).reduce(0, Double::sum);
        double reached = ascending.get(ascending.size() - 1).distanceFromStart();
        return new RunMovement(ascending, path, path > 0 ? reached / path : null);
    }

    /** Returns the movement that ends at a step, if it was measured. */
    public Optional<MovementResult> to(Step step) {
        return items.stream().filter(item -> item.toStep().equals(step)).findFirst();
    }
}
