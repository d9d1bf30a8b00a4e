package io.thetascope.gateway.planning;

import io.thetascope.contracts.run.RunSpec;
import io.thetascope.networks.Networks;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * How fast networks were trained here: by network and threads, since no two make the same use of a machine. They are counted
 * in multiply-adds rather than images, since what an image costs grows with its size.
 *
 * @param multiplyAddsPerSecond of the forward pass, while training; above 0
 */
public record MeasuredRates(Map<Trained, Double> multiplyAddsPerSecond) {
    public MeasuredRates {
        multiplyAddsPerSecond = Map.copyOf(multiplyAddsPerSecond);
    }

    /**
     * What a rate holds for.
     *
     * @param network such as lenet
     * @param threads of the numerical library
     */
    public record Trained(String network, int threads) {
        static Trained of(RunSpec run) {
            return new Trained(run.network(), run.threads());
        }
    }

    /**
     * Measured epochs of one run.
     *
     * @param run that was trained
     * @param count of epochs, at least 1
     * @param imageSeconds that one training image took, summed over the epochs
     */
    public record Epochs(RunSpec run, long count, double imageSeconds) {
        public Epochs {
            if (count < 1 || !(imageSeconds > 0)) {
                throw new IllegalArgumentException(
                        "count must be >= 1, imageSeconds > 0: " + count + ", " + imageSeconds);
            }
        }
    }

    /** Returns that nothing was measured yet. */
    public static MeasuredRates none() {
        return new MeasuredRates(Map.of());
    }

    /** Averages over epochs the time that a multiply-add took; runs of networks that are not known here are left out. */
    public static MeasuredRates of(List<Epochs> measured) {
        MultiplyAdds costs = new MultiplyAdds();
        Map<Trained, Double> epochs = new HashMap<>();
        Map<Trained, Double> seconds = new HashMap<>();
        for (Epochs of : measured) {
            if (Networks.names().contains(of.run().network())) {
                double cost = costs.of(RunCosts.Subject.of(of.run()));
                epochs.merge(Trained.of(of.run()), (double) of.count(), Double::sum);
                seconds.merge(Trained.of(of.run()), of.imageSeconds() / cost, Double::sum);
            }
        }
        epochs.replaceAll((trained, count) -> count / seconds.getOrDefault(trained, Double.NaN));
        return new MeasuredRates(epochs);
    }

    /** Returns how many images of a run are trained per second; empty where its network was not measured on its threads. */
    OptionalDouble imagesPerSecond(RunSpec run, long multiplyAdds) {
        Double rate = multiplyAddsPerSecond.get(Trained.of(run));
        return rate == null ? OptionalDouble.empty() : OptionalDouble.of(rate / multiplyAdds);
    }
}
