package io.thetascope.gateway.planning;

import io.thetascope.contracts.run.InputShape;
import io.thetascope.contracts.run.RunSpec;
import java.util.Map;

/**
 * How long a run may take. Until a network was trained here on as many threads, what was measured on one thread of a server
 * is used. The cost of an image grows with what a network computes on it.
 */
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

    private final MeasuredRates measured;
    private final MultiplyAdds costs = new MultiplyAdds();

    ThroughputEstimate(MeasuredRates measured) {
        this.measured = measured;
    }

    /** Counts every epoch's training, validation and test images, and the evaluation of the starting point on all of them. */
    double seconds(RunSpec run) {
        double rate = measured.imagesPerSecond(run, costs.of(RunCosts.Subject.of(run)))
                .orElseGet(() -> assumed(run));
        double train = run.dataset().train();
        double judged = (double) run.dataset().test() + run.dataset().validation();
        double evaluated = (run.epochs() + 1.0) * judged + train;
        return (run.epochs() * train + EVALUATION_SHARE * evaluated) / rate;
    }

    private double assumed(RunSpec run) {
        InputShape usual = new InputShape(run.input().channels(), ASSUMED_SIDE, ASSUMED_SIDE);
        double share =
                (double) costs.of(new RunCosts.Subject(run.network(), usual)) / costs.of(RunCosts.Subject.of(run));
        return ASSUMED.getOrDefault(run.network(), FALLBACK) * share;
    }
}
