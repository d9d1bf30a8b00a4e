package io.thetascope.gateway.planning;

import io.thetascope.contracts.identity.Digest;
import io.thetascope.contracts.study.DatasetSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a spec names and the planner cannot look up itself, since it does no I/O.
 *
 * @param datasets by name: those of the spec, then those that only donors see
 * @param parents those of the spec, in its order
 * @param chosen what the spec's {@code pretrained} names, in its order
 * @param uploaded network → its newest uploaded weights
 */
public record PlanInputs(
        Map<String, DatasetSource> datasets,
        List<FinishedParent> parents,
        List<PretrainedSource> chosen,
        Map<String, Digest> uploaded) {
    public PlanInputs {
        datasets = Collections.unmodifiableMap(new LinkedHashMap<>(datasets)); // their order is the study's
        parents = List.copyOf(parents);
        chosen = List.copyOf(chosen);
        uploaded = Map.copyOf(uploaded);
    }

    /** Returns inputs of data sets alone. */
    public static PlanInputs of(Map<String, DatasetSource> datasets) {
        return new PlanInputs(datasets, List.of(), List.of(), Map.of());
    }
}
