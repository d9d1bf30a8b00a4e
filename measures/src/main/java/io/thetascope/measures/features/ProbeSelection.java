package io.thetascope.measures.features;

import io.thetascope.contracts.analysis.ProbeSet;
import io.thetascope.measures.SplitMix;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which images a probe set holds. Every class gets its share of the images, rounded by largest remainder (on a tie the
 * smaller label); within a class the images with the smallest hash of (seed, index) are taken.
 */
public final class ProbeSelection {
    private ProbeSelection() {}

    /**
     * Selects the images.
     *
     * @param probe what is wanted
     * @param labels of the test images from the first on, at least {@link ProbeSet#among} of them
     * @return indices into the test images, ascending; as many as {@link ProbeSet#images} says
     */
    public static int[] select(ProbeSet probe, long[] labels) {
        if (labels.length < probe.among()) {
            throw new IllegalArgumentException(
                    "the probe set draws among " + probe.among() + " test images, there are " + labels.length);
        }
        Map<Long, List<Integer>> classes = new TreeMap<>();
        for (int i = 0; i < probe.among(); i++) {
            classes.computeIfAbsent(labels[i], label -> new ArrayList<>()).add(i);
        }
        Map<Long, Integer> quotas = quotas(probe, classes);
        return classes.entrySet().stream()
                .flatMap(e -> e.getValue().stream()
                        .sorted(SplitMix.order(probe.seed()))
                        .limit(quotas.getOrDefault(e.getKey(), 0)))
                .mapToInt(Integer::intValue)
                .sorted()
                .toArray();
    }

    private static Map<Long, Integer> quotas(ProbeSet probe, Map<Long, List<Integer>> classes) {
        Map<Long, Integer> quotas = new TreeMap<>();
        int missing = probe.images();
        for (Map.Entry<Long, List<Integer>> one : classes.entrySet()) {
            int quota = (int) ((long) probe.images() * one.getValue().size() / probe.among());
            quotas.put(one.getKey(), quota);
            missing -= quota;
        }
        classes.entrySet().stream()
                .sorted(Comparator.comparingLong(e -> -remainder(probe, e.getValue())))
                .limit(missing)
                .forEach(e -> quotas.merge(e.getKey(), 1, Integer::sum));
        return quotas;
    }

    private static long remainder(ProbeSet probe, List<Integer> members) {
        return (long) probe.images() * members.size() % probe.among();
    }
}
