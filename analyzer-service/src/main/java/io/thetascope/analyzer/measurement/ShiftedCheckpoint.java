package io.thetascope.analyzer.measurement;

import io.thetascope.artifacts.safetensors.SafetensorsFile;
import io.thetascope.artifacts.safetensors.SafetensorsWriter;
import io.thetascope.artifacts.safetensors.TensorEntry;
import io.thetascope.networks.NetworkDescription;
import io.thetascope.networks.StateTensor;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A checkpoint on the line through the start and the end of a run: θ0 + c(θT − θ0) in float32, with the running statistics of
 * the end.
 */
final class ShiftedCheckpoint {
    private static final int PIECE = 1 << 18;

    private final SafetensorsFile start;
    private final SafetensorsFile end;
    private final double c;

    private ShiftedCheckpoint(SafetensorsFile start, SafetensorsFile end, double c) {
        this.start = start;
        this.end = end;
        this.c = c;
    }

    /**
     * Writes it.
     *
     * @param target where it will be; its folder exists
     * @param network of both
     * @param start θ0
     * @param end θT
     * @param c where on the line: 0 the start, 1 the end
     */
    static void write(Path target, NetworkDescription network, SafetensorsFile start, SafetensorsFile end, double c) {
        Set<String> parameters =
                network.parameters().stream().map(StateTensor::name).collect(Collectors.toSet());
        ShiftedCheckpoint shifted = new ShiftedCheckpoint(start, end, c);
        try (SafetensorsWriter writer = SafetensorsWriter.create(
                target,
                Map.of(),
                end.header().tensors().stream().map(TensorEntry::spec).toList())) {
            for (TensorEntry tensor : end.header().tensors()) {
                if (parameters.contains(tensor.name())) {
                    shifted.shift(tensor, writer);
                } else {
                    shifted.copy(tensor, writer);
                }
            }
            writer.finish();
        }
    }

    private void shift(TensorEntry tensor, SafetensorsWriter writer) {
        TensorEntry from = start.tensor(tensor.name());
        float[] values = new float[(int) Math.min(PIECE, tensor.elements())];
        float[] ends = new float[values.length];
        for (long done = 0; done < tensor.elements(); done += values.length) {
            int count = (int) Math.min(values.length, tensor.elements() - done);
            start.readFloats(from, done, values, 0, count);
            end.readFloats(tensor, done, ends, 0, count);
            for (int i = 0; i < count; i++) {
                values[i] = (float) (values[i] + c * ((double) ends[i] - values[i]));
            }
            writer.writeFloats(tensor.name(), values, 0, count);
        }
    }

    private void copy(TensorEntry tensor, SafetensorsWriter writer) {
        byte[] piece = new byte[(int) Math.min(PIECE, tensor.byteCount())];
        for (long done = 0; done < tensor.byteCount(); done += piece.length) {
            int count = (int) Math.min(piece.length, tensor.byteCount() - done);
            end.readBytes(tensor, done, piece, 0, count);
            writer.writeBytes(tensor.name(), piece, 0, count);
        }
    }
}
