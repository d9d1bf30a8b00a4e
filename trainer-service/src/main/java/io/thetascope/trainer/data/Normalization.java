package io.thetascope.trainer.data;

import java.util.List;
import java.util.Map;

/**
 * What is subtracted from and divided out of pixels in [0, 1], one value a channel.
 *
 * @param means of the training set
 * @param deviations standard deviations of the training set
 */
public record Normalization(List<Double> means, List<Double> deviations) {
    private static final Map<String, Normalization> KNOWN = Map.of(
            "mnist", new Normalization(List.of(0.1307), List.of(0.3081)),
            "fashion-mnist", new Normalization(List.of(0.2860), List.of(0.3530)),
            "cifar10", new Normalization(List.of(0.4914, 0.4822, 0.4465), List.of(0.2470, 0.2435, 0.2616)));

    public Normalization {
        means = List.copyOf(means);
        deviations = List.copyOf(deviations);
        if (means.size() != deviations.size()) {
            throw new IllegalArgumentException("one mean and one deviation a channel: " + means + ", " + deviations);
        }
    }

    /**
     * Returns the values for a data set.
     *
     * @throws IllegalArgumentException when it is not one of the known ones
     */
    public static Normalization of(String dataset) {
        Normalization known = KNOWN.get(dataset);
        if (known == null) {
            throw new IllegalArgumentException(
                    "no normalisation is known for data set " + dataset + "; known are " + KNOWN.keySet());
        }
        return known;
    }

    /** Returns the number of channels that it is for. */
    public int channels() {
        return means.size();
    }
}
