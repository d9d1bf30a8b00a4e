package io.thetascope.perturbation.weights;

import io.thetascope.contracts.run.Origin;
import io.thetascope.contracts.run.Perturbation;
import io.thetascope.contracts.run.RunSpec;
import io.thetascope.networks.NetworkDescription;
import io.thetascope.networks.Networks;
import org.jspecify.annotations.Nullable;

/** How a generation-1 run starts, or why it never can. Pure. */
public sealed interface ChildPlan {
    /**
     * It starts from its parent's tensors, changed.
     *
     * @param network whose parameters are changed and whose buffers are not
     * @param change of every trainable value
     */
    record Possible(NetworkDescription network, WeightChange change) implements ChildPlan {}

    /**
     * It cannot start.
     *
     * @param reason names what is wrong and with which value
     */
    record Impossible(String reason) implements ChildPlan {}

    /**
     * Plans the start of a child.
     *
     * @param child with an origin
     * @param parent that the origin names
     */
    static ChildPlan of(RunSpec child, RunSpec parent) {
        Origin origin = child.origin();
        if (origin == null) {
            return new Impossible("a generation-0 run has no parent to start from");
        }
        if (parent.generation() != 0) {
            return new Impossible("parent " + origin.parent() + " is of generation " + parent.generation()
                    + "; only generation-0 runs are retrained");
        }
        if (!child.network().equals(parent.network()) || !child.input().equals(parent.input())) {
            return new Impossible("parent " + origin.parent() + " is " + parent.network() + " on " + parent.input()
                    + ", its child " + child.network() + " on " + child.input());
        }
        try {
            return new Possible(Networks.named(child.network(), child.input()), changeOf(origin.perturbation()));
        } catch (IllegalArgumentException e) {
            return new Impossible(String.valueOf(e.getMessage()));
        }
    }

    private static WeightChange changeOf(@Nullable Perturbation perturbation) {
        if (perturbation == null) {
            return new WeightChange.AsItIs();
        }
        if (!perturbation.scope().equals(Perturbation.ALL)) {
            throw new IllegalArgumentException("unknown scope " + perturbation.scope() + " of " + perturbation.kind()
                    + "; known is " + Perturbation.ALL);
        }
        Double value = perturbation.value();
        return switch (perturbation.kind()) {
            case Perturbation.SIGN_FLIP -> new WeightChange.SignFlip();
            case Perturbation.EPSILON -> WeightChange.AddEpsilon.of(value == null ? Double.NaN : value);
            default ->
                throw new IllegalArgumentException("unknown perturbation " + perturbation.kind() + "; known are "
                        + Perturbation.SIGN_FLIP + ", " + Perturbation.EPSILON);
        };
    }
}
