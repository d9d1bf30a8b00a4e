package io.thetascope.networks.input;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How pixels of a data set are normalised, whatever the initialisation: (x/255 − mean) / deviation, by channel.
 *
 * @param means by channel, of x/255
 * @param deviations by channel, of x/255
 */
public record Normalization(List<Double> means, List<Double> deviations) {
    private static final Map<String, Normalization> KNOWN = new TreeMap<>(Map.of(
            "mnist", new Normalization(List.of(.1307), List.of(.3081)),
            "fashion-mnist", new Normalization(List.of(.2860), List.of(.3530)),
            "cifar10", new Normalization(List.of(.4914, .4822, .4465), List.of(.2470, .2435, .2616))));

    private static final int LEVELS = 256;

    /** Refuses means and deviations that do not belong together, and deviations that are not above 0. */
    public Normalization {
        means = List.copyOf(means);
        deviations = List.copyOf(deviations);
        if (means.size() != deviations.size() || deviations.stream().anyMatch(d -> !(d > 0))) {
            throw new IllegalArgumentException("every channel has a mean and a deviation > 0: " + means + deviations);
        }
    }

    /** Returns the constants of a data set. */
    public static Normalization of(String dataset) {
        Normalization known = KNOWN.get(dataset);
        if (known == null) {
            throw new IllegalArgumentException("no normalisation is known for data set " + dataset + "; known are "
                    + String.join(", ", KNOWN.keySet()));
        }
        return known;
    }

    /** Returns the number of channels. */
    public int channels() {
        return means.size();
    }

    /** Returns what each of the 256 levels of a channel becomes: computed in double, rounded once. */
    public float[] levels(int channel) {
        float[] levels = new float[LEVELS];
        for (int level = 0; level < LEVELS; level++) {
            levels[level] = (float) ((level / 255.0 - means.get(channel)) / deviations.get(channel));
        }
        return levels;
    }
}
