package io.thetascope.analyzer.integrity;

import io.thetascope.artifacts.safetensors.DType;
import io.thetascope.artifacts.safetensors.SafetensorsFile;
import io.thetascope.artifacts.safetensors.TensorEntry;
import io.thetascope.contracts.identity.ContentHash;
import io.thetascope.contracts.identity.Digest;
import io.thetascope.networks.NetworkDescription;
import io.thetascope.networks.Parameter;
import io.thetascope.networks.StateTensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** One pass over the tensors of a checkpoint, beside those of the checkpoint before. */
final class TensorPass {
    private static final int PIECE = 1 << 20;

    private final SafetensorsFile file;
    private final @Nullable SafetensorsFile before;
    private final MessageDigest bytes = ContentHash.sha256();
    private final byte[] piece = new byte[PIECE];
    private final byte[] beforePiece = new byte[PIECE];
    private @Nullable String notFinite;
    private double squares;

    private TensorPass(SafetensorsFile file, @Nullable SafetensorsFile before) {
        this.file = file;
        this.before = before;
    }

    /**
     * Reads a checkpoint once.
     *
     * @param network whose checkpoint it is, known to hold every tensor
     * @param file the checkpoint
     * @param before the one before; absent where it could not be read
     */
    static TensorPass over(NetworkDescription network, SafetensorsFile file, @Nullable SafetensorsFile before) {
        TensorPass pass = new TensorPass(file, before);
        network.state().forEach(pass::add);
        return pass;
    }

    private void add(StateTensor tensor) {
        TensorEntry entry = file.tensor(tensor.name());
        for (long from = 0; from < entry.byteCount(); from += PIECE) {
            int count = (int) Math.min(PIECE, entry.byteCount() - from);
            file.readBytes(entry, from, piece, 0, count);
            bytes.update(piece, 0, count);
            if (entry.dtype() == DType.F32) {
                requireFinite(entry, floats(piece, count));
            }
            if (before != null && tensor instanceof Parameter) {
                before.readBytes(before.tensor(tensor.name()), from, beforePiece, 0, count);
                addSquares(floats(piece, count), floats(beforePiece, count));
            }
        }
    }

    private static FloatBuffer floats(byte[] piece, int count) {
        return ByteBuffer.wrap(piece, 0, count).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    }

    private void requireFinite(TensorEntry entry, FloatBuffer values) {
        for (int i = 0; notFinite == null && i < values.limit(); i++) {
            if (!Float.isFinite(values.get(i))) {
                notFinite = entry.name();
            }
        }
    }

    private void addSquares(FloatBuffer values, FloatBuffer beforeValues) {
        for (int i = 0; i < values.limit(); i++) {
            double difference = (double) values.get(i) - beforeValues.get(i);
            squares += difference * difference;
        }
    }

    /** Returns the digest over the bytes of all tensors. */
    Digest content() {
        return Digest.ofHash(bytes.digest());
    }

    /** Returns the name of a tensor with a value that is not finite, where there is one. */
    @Nullable
    String notFinite() {
        return notFinite;
    }

    /** Returns how far the parameters are from those before; absent where there are none, or it is not finite. */
    @Nullable
    Double distance() {
        return before == null || !Double.isFinite(squares) ? null : Math.sqrt(squares);
    }
}
