package io.thetascope.perturbation.weights;

import io.thetascope.contracts.identity.RunId;
import java.util.Map;
import java.util.TreeMap;

/** What the header of a checkpoint says about it besides its tensors. */
final class CheckpointMetadata {
    static final String RUN = "run_id";
    static final String STEP = "step";
    static final String EPOCH = "epoch";
    static final String FORMAT = "format_version";
    static final String FORMAT_VERSION = "1";

    private CheckpointMetadata() {}

    /** Returns a parent's metadata as its child's starting point carries it. */
    static Map<String, String> startOf(RunId child, Map<String, String> parent) {
        Map<String, String> metadata = new TreeMap<>(parent);
        metadata.put(RUN, child.value());
        metadata.put(STEP, "0");
        metadata.put(EPOCH, "0");
        metadata.putIfAbsent(FORMAT, FORMAT_VERSION);
        return metadata;
    }
}
