package io.thetascope.measures.order;

import io.thetascope.contracts.identity.Step;
import io.thetascope.contracts.run.CheckpointSchedule;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How finely the checkpoints of a run tell its classes or its blocks apart. */
final class Resolution {
    private static final int FEWEST = 3;

    private final String measure;
    private final String things;
    private final SortedMap<Step, List<String>> namesAt = new TreeMap<>();

    Resolution(String measure, String things) {
        this.measure = measure;
        this.things = things;
    }

    /** Adds one of the things, unless it has no such step. */
    void add(String name, @Nullable Step step) {
        if (step != null) {
            namesAt.computeIfAbsent(step, s -> new ArrayList<>()).add(name);
        }
    }

    /** Returns how many steps there are. */
    int distinct() {
        return namesAt.size();
    }

    /** Three things and more want three steps. */
    private boolean coarse() {
        return count() >= FEWEST && distinct() < FEWEST;
    }

    private int count() {
        return namesAt.values().stream().mapToInt(List::size).sum();
    }

    private String ties() {
        String where = namesAt.entrySet().stream()
                .map(e -> "at step " + e.getKey() + ": " + String.join(", ", e.getValue()))
                .collect(Collectors.joining("; "));
        return measure + " of " + count() + " " + things + " falls on " + distinct() + " of them (" + where + ")";
    }

    /** Says what is tied and which schedule would tell it apart, or nothing where there is no need to. */
    static @Nullable String tooCoarse(List<Resolution> resolutions, CheckpointSchedule schedule) {
        List<String> coarse = resolutions.stream()
                .filter(Resolution::coarse)
                .map(Resolution::ties)
                .toList();
        if (coarse.isEmpty()) {
            return null;
        }
        boolean finest = schedule.everyEpochs() == 1 && schedule.logSpaced();
        String remedy = finest
                ? "no schedule is finer than this run's: train with a smaller learning rate, which spreads learning out"
                : "train with checkpoints: {everyEpochs: 1, logSpaced: true}";
        return "the checkpoints are too coarse: " + String.join(", and ", coarse) + "; " + remedy;
    }
}
