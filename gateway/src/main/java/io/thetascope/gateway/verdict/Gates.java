package io.thetascope.gateway.verdict;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * From which test accuracy on a run is worth discussing: the study's own gate; without one, that of MEASURES §9; and never
 * less than twice what guessing among ten classes gives, whatever the study says.
 *
 * @param ofStudy by data set, 0–1
 */
public record Gates(Map<String, Double> ofStudy) {
    /** No gate is lower: a model at chance supports nothing. */
    public static final double LOWEST = 0.2;

    private static final Map<String, Double> OTHERWISE = Map.of("mnist", 0.95, "fashion-mnist", 0.80, "cifar10", 0.50);
    private static final List<String> WITHOUT_MODEL = List.of("failed", "cancelled", "skipped");

    public Gates {
        ofStudy = Map.copyOf(ofStudy);
    }

    /** Returns the gate of a data set; one that nobody set a gate for has an unreachable one. */
    public double of(String dataset) {
        return Math.max(LOWEST, ofStudy.getOrDefault(dataset, OTHERWISE.getOrDefault(dataset, Double.MAX_VALUE)));
    }

    /**
     * Says what a run is worth.
     *
     * @param dataset that it was tested on
     * @param state that it is in
     * @param accuracy after its last epoch, 0–1; absent unless it is finished
     */
    public Worth judge(String dataset, String state, @Nullable Double accuracy) {
        if (state.equals("diverged")) {
            return Worth.MISSED;
        }
        if (WITHOUT_MODEL.contains(state)) {
            return Worth.ENDED;
        }
        if (accuracy == null) {
            return Worth.OPEN;
        }
        return accuracy >= of(dataset) ? Worth.MET : Worth.MISSED;
    }

    /** Returns the gates of some data sets in words. */
    String words(Collection<String> datasets) {
        return datasets.stream()
                .distinct()
                .map(dataset -> (of(dataset) > 1 ? "no gate known" : percent(of(dataset))) + " on " + dataset)
                .collect(Collectors.joining(", "));
    }

    private static String percent(double share) {
        return BigDecimal.valueOf(share).movePointRight(2).stripTrailingZeros().toPlainString() + " %";
    }
}
