package io.thetascope.analyzer.function;

import io.thetascope.artifacts.safetensors.SafetensorsFile;
import io.thetascope.artifacts.safetensors.SafetensorsWriter;
import io.thetascope.artifacts.safetensors.TensorEntry;
import io.thetascope.networks.NetworkDescription;
import io.thetascope.networks.Parameter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * A checkpoint on the straight line through two others: (1−c)·start + c·end in double, rounded to float32, with the running
 * statistics of the end.
 */
final class InterpolatedCheckpoint {
    private static final int PIECE = 1 << 18;

    private final SafetensorsFile start;
    private final SafetensorsFile end;
    private final double c;

    private InterpolatedCheckpoint(SafetensorsFile start, SafetensorsFile end, double c) {
        this.start = start;
        this.end = end;
        this.c = c;
    }

    /**
     * Writes it.
     *
     * @param target where it will be; its folder exists
     * @param network of both
     * @param start where the line starts
     * @param end through which it leads
     * @param c where on the line: 0 the start, 1 the end
     */
    static void write(Path target, NetworkDescription network, SafetensorsFile start, SafetensorsFile end, double c) {
        InterpolatedCheckpoint interpolated = new InterpolatedCheckpoint(start, end, c);
        Map<String, RewrittenCheckpoint.Values> parameters = new HashMap<>();
        for (Parameter parameter : network.parameters()) {
            parameters.put(parameter.name(), interpolated::interpolate);
        }
        RewrittenCheckpoint.write(target, end, parameters);
    }

    private void interpolate(TensorEntry tensor, SafetensorsWriter writer) {
        TensorEntry from = start.tensor(tensor.name());
        float[] values = new float[(int) Math.min(PIECE, tensor.elements())];
        float[] ends = new float[values.length];
        for (long done = 0; done < tensor.elements(); done += values.length) {
            int count = (int) Math.min(values.length, tensor.elements() - done);
            start.readFloats(from, done, values, 0, count);
            end.readFloats(tensor, done, ends, 0, count);
            for (int i = 0; i < count; i++) {
                values[i] = (float) ((1 - c) * values[i] + c * ends[i]);
            }
            writer.writeFloats(tensor.name(), values, 0, count);
        }
    }
}
