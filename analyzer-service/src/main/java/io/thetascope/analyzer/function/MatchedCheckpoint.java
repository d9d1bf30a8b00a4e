package io.thetascope.analyzer.function;

import io.thetascope.artifacts.safetensors.SafetensorsFile;
import io.thetascope.measures.alignment.UnitMatching;
import io.thetascope.networks.NetworkDescription;
import io.thetascope.networks.StateTensor;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A checkpoint whose units take the places, and before a BatchNorm the signs, of those that they are matched to: the same function. */
public final class MatchedCheckpoint {
    private MatchedCheckpoint() {}

    /**
     * Writes it.
     *
     * @param target where it will be; its folder exists
     * @param network of both
     * @param right what is matched to another
     * @param matching of the right to that
     */
    public static void write(Path target, NetworkDescription network, SafetensorsFile right, UnitMatching matching) {
        Map<String, RewrittenCheckpoint.Values> matched = new HashMap<>();
        for (StateTensor tensor : network.state()) {
            if (tensor.shape().rank() > 0) { // the number of batches belongs to no unit
                matched.put(
                        tensor.name(),
                        (entry, writer) ->
                                writer.writeFloats(entry.name(), matching.apply(tensor, right.readFloats(entry))));
            }
        }
        RewrittenCheckpoint.write(target, right, matched);
    }
}
