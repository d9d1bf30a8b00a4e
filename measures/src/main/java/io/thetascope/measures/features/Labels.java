package io.thetascope.measures.features;

import io.thetascope.measures.NotMeasurableException;
import io.thetascope.measures.SplitMix;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

// n images, c classes

/** Which images belong to which class. */
public final class Labels {
    private final SortedMap<Integer, List<Integer>> imagesOf;
    private final int images;

    private Labels(SortedMap<Integer, List<Integer>> imagesOf, int images) {
        this.imagesOf = imagesOf;
        this.images = images;
    }

    /**
     * Groups images by label.
     *
     * @param labelsN of the images
     * @param classes how many the network tells apart
     * @throws NotMeasurableException when a label is none of them
     */
    public static Labels of(long[] labelsN, int classes) {
        SortedMap<Integer, List<Integer>> imagesOf = new TreeMap<>();
        for (int image = 0; image < labelsN.length; image++) {
            if (labelsN[image] < 0 || labelsN[image] >= classes) {
                throw new NotMeasurableException("label " + labelsN[image] + " of probe image " + image
                        + " is none of the network's " + classes + " classes; give the data set as many classes");
            }
            imagesOf.computeIfAbsent((int) labelsN[image], label -> new ArrayList<>())
                    .add(image);
        }
        return new Labels(imagesOf, labelsN.length);
    }

    /** Returns how many classes have an image. */
    public int classes() {
        return imagesOf.size();
    }

    /** Returns for every image one of its class: a permutation that the seed determines. */
    public int[] permutation(long seed) {
        return SplitMix.permutation(seed, groups(), images);
    }

    /** Returns the images of every class that has one, ascending. */
    Collection<List<Integer>> groups() {
        return Collections.unmodifiableCollection(imagesOf.values());
    }

    /** Returns the share of the images to which their label is given. */
    double accuracy(int[] predictedN) {
        long right = 0;
        for (int label : imagesOf.keySet()) {
            right += right(label, predictedN);
        }
        return (double) right / images;
    }

    /** Returns the same for every class, from 0 to the largest label; absent for a class without images. */
    public List<@Nullable Double> recall(int[] predictedN) {
        List<@Nullable Double> recall = new ArrayList<>();
        for (int label = 0; label <= imagesOf.lastKey(); label++) {
            List<Integer> members = imagesOf.get(label);
            recall.add(members == null ? null : (double) right(label, predictedN) / members.size());
        }
        return recall;
    }

    private long right(int label, int[] predictedN) {
        return imagesOf.getOrDefault(label, List.of()).stream()
                .filter(image -> predictedN[image] == label)
                .count();
    }
}
