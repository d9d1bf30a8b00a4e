package io.thetascope.trainer.optimizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.thetascope.trainer.network.Torch;
import java.nio.ByteBuffer;

/**
 * Two bits a parameter, or-ed over all updates (MEASURES §2): whether the gradient of an update, decay included, was ever not 0,
 * and whether an update ever changed the value (−0 = +0). A gradient that is not a number was seen.
 *
 * <p>Owns its native memory; the caller closes it.
 */
public final class Evidence implements AutoCloseable {
    /** Which of the two. */
    public enum Kind {
        GRADIENT_SEEN,
        VALUE_CHANGED
    }

    private final NDManager owner;
    private final NDArray gradientSeenP;
    private final NDArray valueChangedP;

    /** Begins with nothing seen. */
    public Evidence(NDManager parent, long parameters) {
        owner = parent.newSubManager();
        gradientSeenP = owner.zeros(new Shape(parameters), DataType.BOOLEAN);
        valueChangedP = owner.zeros(new Shape(parameters), DataType.BOOLEAN);
    }

    /** Returns how many parameters there are. */
    public long parameters() {
        return gradientSeenP.size();
    }

    /** Takes note of the gradient of some elements. */
    void gradient(long from, long to, NDArray gradientN) {
        try (NDArray seen = gradientN.neq(0)) {
            add(gradientSeenP, from, to, seen);
        }
    }

    /** Takes note of some elements before and after an update. */
    void values(long from, long to, NDArray beforeN, NDArray afterN) {
        try (NDArray changed = afterN.neq(beforeN)) {
            add(valueChangedP, from, to, changed);
        }
    }

    // libtorch adds booleans as a logical or
    private static void add(NDArray bitsP, long from, long to, NDArray moreN) {
        try (NDArray stretch = Torch.range(bitsP, from, to)) {
            stretch.addi(moreN);
        }
    }

    /**
     * Returns bits packed eight to a byte, the lowest first.
     *
     * @param from first element
     * @param count how many; the last byte is filled up with 0
     */
    public byte[] packed(Kind kind, long from, int count) {
        byte[] bits;
        try (NDArray stretch = Torch.range(tensor(kind), from, from + count);
                NDArray bytes = stretch.toType(DataType.UINT8, true)) {
            bits = bytes.toByteArray();
        }
        byte[] packed = new byte[(count + Byte.SIZE - 1) / Byte.SIZE];
        for (int i = 0; i < count; i++) {
            packed[i / Byte.SIZE] |= (byte) (bits[i] << i % Byte.SIZE);
        }
        return packed;
    }

    /** Overwrites bits with packed ones. */
    public void unpack(Kind kind, long from, int count, byte[] packed) {
        byte[] bits = new byte[count];
        for (int i = 0; i < count; i++) {
            bits[i] = (byte) (packed[i / Byte.SIZE] >> i % Byte.SIZE & 1);
        }
        try (NDArray stretch = Torch.range(tensor(kind), from, from + count);
                NDArray bytes = owner.create(ByteBuffer.wrap(bits), new Shape(count), DataType.UINT8);
                NDArray values = bytes.toType(DataType.BOOLEAN, true)) {
            Torch.copy(values, stretch);
        }
    }

    private NDArray tensor(Kind kind) {
        return kind == Kind.GRADIENT_SEEN ? gradientSeenP : valueChangedP;
    }

    @Override
    public void close() {
        owner.close();
    }
}
