package io.thetascope.gateway.planning;

import io.thetascope.contracts.run.OptimizerSpec;

/** The optimizers of the deck's study, where a user says no more than their names (DESIGN §7). */
final class Recipe {
    private static final double MOMENTUM = 0.9;

    private Recipe() {}

    static OptimizerSpec of(String network, String optimizer, double weightDecay) {
        boolean deep = network.startsWith("vgg19");
        int warmupEpochs = deep ? 1 : 0;
        return switch (optimizer) {
            case OptimizerSpec.SGD -> OptimizerSpec.sgd(deep ? 0.002 : 0.01, MOMENTUM, weightDecay, warmupEpochs);
            case OptimizerSpec.ADAM -> OptimizerSpec.adam(deep ? 1e-4 : 1e-3, weightDecay, warmupEpochs);
            default -> throw new IllegalArgumentException("optimizer must be sgd or adam: " + optimizer);
        };
    }
}
