package io.thetascope.contracts.run;

import org.jspecify.annotations.Nullable;

/**
 * An optimizer with every number that decides its updates, in PyTorch's terms.
 *
 * @param kind sgd or adam
 * @param learningRate above 0
 * @param momentum of SGD; absent for Adam
 * @param beta1 Adam's first moment decay; absent for SGD
 * @param beta2 Adam's second moment decay; absent for SGD
 * @param epsilon Adam's ε, added to the corrected root; absent for SGD
 * @param weightDecay λ of the coupled form: λθ is added to the gradient
 * @param warmupEpochs the learning rate grows linearly over so many epochs; 0 for none
 */
public record OptimizerSpec(
        String kind,
        double learningRate,
        @Nullable Double momentum,
        @Nullable Double beta1,
        @Nullable Double beta2,
        @Nullable Double epsilon,
        double weightDecay,
        int warmupEpochs) {
    public static final String SGD = "sgd";
    public static final String ADAM = "adam";

    public OptimizerSpec {
        if (!(learningRate > 0) || Double.isInfinite(learningRate)) {
            throw new IllegalArgumentException("learningRate must be > 0 and finite: " + learningRate);
        }
        if (!(weightDecay >= 0) || Double.isInfinite(weightDecay)) {
            throw new IllegalArgumentException("weightDecay must be >= 0 and finite: " + weightDecay);
        }
        if (warmupEpochs < 0) {
            throw new IllegalArgumentException("warmupEpochs must be >= 0: " + warmupEpochs);
        }
        boolean complete = switch (kind) {
            case SGD -> momentum != null && beta1 == null && beta2 == null && epsilon == null;
            case ADAM -> momentum == null && beta1 != null && beta2 != null && epsilon != null;
            default -> throw new IllegalArgumentException("optimizer must be sgd or adam: " + kind);
        };
        if (!complete) {
            throw new IllegalArgumentException("sgd has momentum alone, adam beta1, beta2 and epsilon: " + kind);
        }
    }

    /** Returns SGD with momentum. */
    public static OptimizerSpec sgd(double learningRate, double momentum, double weightDecay, int warmupEpochs) {
        return new OptimizerSpec(SGD, learningRate, momentum, null, null, null, weightDecay, warmupEpochs);
    }

    /** Returns Adam with PyTorch's default decays and ε. */
    public static OptimizerSpec adam(double learningRate, double weightDecay, int warmupEpochs) {
        return new OptimizerSpec(ADAM, learningRate, null, 0.9, 0.999, 1e-8, weightDecay, warmupEpochs);
    }
}
