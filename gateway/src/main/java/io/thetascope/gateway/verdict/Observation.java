package io.thetascope.gateway.verdict;

import io.thetascope.contracts.identity.RunId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What one replicate says.
 *
 * @param seeds of the runs that were drawn at random: one, or those of a pair
 * @param worth whether all runs that it takes reach the gate
 * @param value of the measure, finite
 * @param absent why there is none, where that is known
 * @param runs that it was taken from
 */
record Observation(
        List<Long> seeds,
        Worth worth,
        @Nullable Double value,
        @Nullable String absent,
        List<RunId> runs) {
    Observation {
        seeds = List.copyOf(seeds);
        runs = List.copyOf(runs);
        value = value != null && Double.isFinite(value) ? value : null;
    }

    /** What a run says alone. */
    static Observation of(Trial trial, @Nullable Double value) {
        return new Observation(List.of(trial.factors().seed()), trial.worth(), value, null, List.of(trial.runId()));
    }

    /** What a retraining says together with others of its family. */
    static Observation of(Trial trial, Worth worth, List<RunId> others, @Nullable Double value) {
        List<RunId> runs = new ArrayList<>(List.of(trial.runId()));
        runs.addAll(others);
        return new Observation(List.of(trial.factors().seed()), worth, value, null, runs);
    }

    boolean counts() {
        return worth == Worth.MET && value != null;
    }

    double number() {
        return Objects.requireNonNull(value, "this replicate has no value: ask counts() before");
    }

    String seed() {
        return seeds.stream().map(String::valueOf).collect(Collectors.joining(" : "));
    }
}
