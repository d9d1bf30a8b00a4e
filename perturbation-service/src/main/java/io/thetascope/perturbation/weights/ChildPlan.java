package io.thetascope.perturbation.weights;

import io.thetascope.contracts.run.Origin;
import io.thetascope.contracts.run.Perturbation;
import io.thetascope.contracts.run.RunSpec;
import io.thetascope.networks.NetworkDescription;
import io.thetascope.networks.Networks;

/** How a generation-1 run starts, or why it never can. Pure. */
public sealed interface ChildPlan {
    /**
     * It starts from its parent's tensors, changed.
     *
     * @param network whose parameters are changed and whose buffers are not
     * @param change of the trainable values
     */
    record Possible(NetworkDescription network, ChangePlan change) implements ChildPlan {}

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
            NetworkDescription network = Networks.named(child.network(), child.input());
            return new Possible(network, changeOf(origin, network));
        } catch (IllegalArgumentException e) {
            return new Impossible(String.valueOf(e.getMessage()));
        }
    }

    private static ChangePlan changeOf(Origin origin, NetworkDescription network) {
        Perturbation perturbation = origin.perturbation();
        return perturbation == null
                ? new WeightChange.AsItIs()
                : new ChangePlans(network, origin.parent()).of(perturbation);
    }
}
