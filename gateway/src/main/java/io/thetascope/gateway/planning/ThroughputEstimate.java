package io.thetascope.gateway.planning;

import io.thetascope.contracts.run.InputShape;
import io.thetascope.contracts.run.RunSpec;
import io.thetascope.networks.Networks;
import java.util.Map;

/** How long a run may take. Until a network was trained here, what was measured on one thread of a server is used. */
final class ThroughputEstimate {
    /** Images of 32 by 32 pixels trained per second on one thread of a common server. */
    private static final Map<String, Double> ASSUMED = Map.of(
            "lenet", 6_000.0,
            "resnet18", 200.0,
            "resnet18-cifar", 13.0,
            "vgg19", 35.0,
            "vgg19-small", 90.0);

    private static final double FALLBACK = 100;
    private static final int ASSUMED_SIDE = 32;
    /** A forward pass alone costs about a third of a training step. */
    private static final double EVALUATION_SHARE = 1.0 / 3;

    private final Map<String, Double> measured;

    ThroughputEstimate(Map<String, Double> measured) {
        this.measured = Map.copyOf(measured);
    }

    /** Counts every epoch's training and test images, and the evaluation of the starting point on both. */
    double seconds(RunSpec run) {
        double measuredRate = measured.getOrDefault(run.network(), 0.0);
        double rate = measuredRate > 0 ? measuredRate : assumed(run);
        double train = run.dataset().train();
        double evaluated = (run.epochs() + 1.0) * run.dataset().test() + train;
        return (run.epochs() * train + EVALUATION_SHARE * evaluated) / rate;
    }

    /** The cost of an image grows with what a network computes on it. */
    private static double assumed(RunSpec run) {
        InputShape input = run.input();
        InputShape usual = new InputShape(input.channels(), ASSUMED_SIDE, ASSUMED_SIDE);
        double share = (double) Networks.named(run.network(), usual).multiplyAdds()
                / Networks.named(run.network(), input).multiplyAdds();
        return ASSUMED.getOrDefault(run.network(), FALLBACK) * share;
    }
}
