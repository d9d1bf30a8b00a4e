package io.thetascope.analyzer.function;

import io.thetascope.artifacts.safetensors.SafetensorsFile;
import io.thetascope.artifacts.safetensors.SafetensorsWriter;
import io.thetascope.artifacts.safetensors.TensorEntry;
import io.thetascope.measures.symmetry.SignGauge;
import io.thetascope.networks.NetworkDescription;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A copy of a perturbed checkpoint whose meaningless signs are turned back. */
final class TurnedCheckpoint {
    private TurnedCheckpoint() {}

    /**
     * Writes it.
     *
     * @param target where it will be; its folder exists
     * @param network whose checkpoint it is
     * @param perturbed θp
     * @param gauge turns it
     */
    static void write(Path target, NetworkDescription network, SafetensorsFile perturbed, SignGauge gauge) {
        Map<String, RewrittenCheckpoint.Values> turned = new HashMap<>();
        network.state().stream()
                .filter(tensor -> gauge.turns(tensor.name()))
                .forEach(tensor -> turned.put(tensor.name(), (entry, writer) -> turn(perturbed, entry, gauge, writer)));
        RewrittenCheckpoint.write(target, perturbed, turned);
    }

    private static void turn(SafetensorsFile from, TensorEntry tensor, SignGauge gauge, SafetensorsWriter writer) {
        from.forEachChunk(tensor, (at, values, count) -> {
            gauge.apply(tensor.name(), at, values, count);
            writer.writeFloats(tensor.name(), values, 0, count);
        });
    }
}
