package io.thetascope.analyzer.function;

import io.thetascope.artifacts.safetensors.SafetensorsFile;
import io.thetascope.artifacts.safetensors.SafetensorsWriter;
import io.thetascope.artifacts.safetensors.TensorEntry;
import java.nio.file.Path;
import java.util.Map;

/** A copy of a checkpoint of which some tensors have other values. It says nowhere of which run it is: of none. */
public final class RewrittenCheckpoint {
    private static final int PIECE = 1 << 18;

    private RewrittenCheckpoint() {}

    /** The values of a tensor in the place of the checkpoint's. */
    @FunctionalInterface
    public interface Values {
        /**
         * Writes all of them.
         *
         * @param tensor of the checkpoint that is copied
         * @param writer takes them under the tensor's name
         */
        void write(TensorEntry tensor, SafetensorsWriter writer);
    }

    /**
     * Writes the copy.
     *
     * @param target where it will be; its folder exists
     * @param from what is copied
     * @param replaced the values of the other tensors, by their names
     */
    public static void write(Path target, SafetensorsFile from, Map<String, Values> replaced) {
        try (SafetensorsWriter writer = SafetensorsWriter.create(
                target,
                Map.of(),
                from.header().tensors().stream().map(TensorEntry::spec).toList())) {
            for (TensorEntry tensor : from.header().tensors()) {
                Values values = replaced.get(tensor.name());
                if (values == null) {
                    copy(from, tensor, writer);
                } else {
                    values.write(tensor, writer);
                }
            }
            writer.finish();
        }
    }

    private static void copy(SafetensorsFile from, TensorEntry tensor, SafetensorsWriter writer) {
        byte[] piece = new byte[(int) Math.min(PIECE, tensor.byteCount())];
        for (long done = 0; done < tensor.byteCount(); done += piece.length) {
            int count = (int) Math.min(piece.length, tensor.byteCount() - done);
            from.readBytes(tensor, done, piece, 0, count);
            writer.writeBytes(tensor.name(), piece, 0, count);
        }
    }
}
