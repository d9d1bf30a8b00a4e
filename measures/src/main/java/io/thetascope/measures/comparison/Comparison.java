package io.thetascope.measures.comparison;

import io.thetascope.contracts.analysis.ComparisonResult;
import io.thetascope.measures.NotMeasurableException;
import io.thetascope.measures.Weights;
import io.thetascope.measures.WeightsWalk;
import io.thetascope.measures.orientation.NormalisedFilters;
import io.thetascope.measures.orientation.TurnedPieces;
import io.thetascope.networks.NetworkDescription;
import io.thetascope.networks.Parameter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Two models of one network against each other (MEASURES §5): the whole, every tensor, what is live, and modulo BatchNorm's
 * sign, in one pass over up to four checkpoints after their γ were read; memory independent of the model.
 */
public final class Comparison {
    /** The label where there is no same-seed twin: what retraining alone moves is not known, so R and S say nothing. */
    public static final String DRIFT_UNKNOWN = "drift unknown";

    private Comparison() {}

    /**
     * Compares two models.
     *
     * @param network of both
     * @param left θ1, or the one of a pair
     * @param right θ2, or the other of a pair
     * @param perturbed θp, from which θ2 was trained; absent unless the right is a perturbed child
     * @param twin θ2 of the same-seed twin, the yardstick for drift; absent where there is none
     * @throws NotMeasurableException when a value is not finite
     */
    public static ComparisonResult measure(
            NetworkDescription network,
            Weights left,
            Weights right,
            @Nullable Weights perturbed,
            @Nullable Weights twin) {
        List<Weights> sides = new ArrayList<>(List.of(left, right));
        if (perturbed != null) {
            sides.add(perturbed);
        }
        if (twin != null) {
            sides.add(twin);
        }
        WeightsWalk walk = new WeightsWalk(sides);
        Parts parts = new Parts(() -> new TriangleSums(perturbed != null, twin != null), turning(network, sides));
        for (Parameter parameter : network.parameters()) {
            parts.add(parameter, network.deadTaps(parameter), walk);
        }
        return parts.result();
    }

    private static @Nullable TurnedPieces turning(NetworkDescription network, List<Weights> sides) {
        List<NormalisedFilters> filters = NormalisedFilters.of(network);
        return filters.isEmpty() ? null : new TurnedPieces(filters, sides);
    }
}
