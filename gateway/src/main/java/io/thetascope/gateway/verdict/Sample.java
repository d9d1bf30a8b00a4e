package io.thetascope.gateway.verdict;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A measure in one cell over its replicates.
 *
 * @param cell its name
 * @param threshold that it is held against
 * @param observations one a replicate planned
 */
record Sample(String cell, Threshold threshold, List<Observation> observations) {
    Sample {
        observations = List.copyOf(observations);
    }

    /** Puts things into cells, in their order, one sample a cell. */
    static <T> List<Sample> byCell(
            Stream<T> things, Function<T, String> cell, Threshold threshold, Function<T, Observation> observed) {
        Map<String, List<Observation>> cells = new LinkedHashMap<>();
        things.forEach(thing -> cells.computeIfAbsent(cell.apply(thing), name -> new ArrayList<>())
                .add(observed.apply(thing)));
        return cells.entrySet().stream()
                .map(entry -> new Sample(entry.getKey(), threshold, entry.getValue()))
                .toList();
    }

    /** Returns the samples of the one, then those of the other. */
    static List<Sample> both(List<Sample> one, List<Sample> other) {
        return Stream.concat(one.stream(), other.stream()).toList();
    }
}
