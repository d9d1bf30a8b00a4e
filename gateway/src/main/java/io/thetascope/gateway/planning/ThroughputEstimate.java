package io.thetascope.gateway.planning;

import io.thetascope.contracts.run.RunSpec;
import java.util.Map;

/** How long a run may take. Until a network was trained here, constants of the size seen on one core are used. */
final class ThroughputEstimate {
    /** Images trained per second on one thread of a common server. */
    private static final Map<String, Double> ASSUMED = Map.of("lenet", 3_500.0, "resnet18", 180.0, "vgg19", 40.0);

    private static final double FALLBACK = 100;
    /** A forward pass alone costs about a third of a training step. */
    private static final double EVALUATION_SHARE = 1.0 / 3;

    private final Map<String, Double> measured;

    ThroughputEstimate(Map<String, Double> measured) {
        this.measured = Map.copyOf(measured);
    }

    double seconds(RunSpec run) {
        double rate = measured.getOrDefault(run.network(), assumed(run.network()));
        double imagesPerEpoch =
                run.dataset().train() + EVALUATION_SHARE * run.dataset().test();
        return run.epochs() * imagesPerEpoch / rate;
    }

    private static double assumed(String network) {
        String family = network.contains("-") ? network.substring(0, network.indexOf('-')) : network;
        return ASSUMED.getOrDefault(family, FALLBACK);
    }
}
