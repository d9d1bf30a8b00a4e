package io.thetascope.trainer.optimizer;

import io.thetascope.contracts.run.OptimizerSpec;
import java.util.Objects;

/** Optimizers by their specification. */
public final class Optimizers {
    private Optimizers() {}

    /** Returns the update rule that a run asks for; the learning rate is separate. */
    public static Optimizer of(OptimizerSpec spec) {
        return switch (spec.kind()) {
            case OptimizerSpec.SGD -> new SgdMomentum(Objects.requireNonNull(spec.momentum()), spec.weightDecay());
            case OptimizerSpec.ADAM ->
                new Adam(
                        Objects.requireNonNull(spec.beta1()),
                        Objects.requireNonNull(spec.beta2()),
                        Objects.requireNonNull(spec.epsilon()),
                        spec.weightDecay());
            default -> throw new IllegalArgumentException("optimizer must be sgd or adam: " + spec.kind());
        };
    }
}
