package io.thetascope.trainer;

import io.thetascope.artifacts.safetensors.SafetensorsFile;
import io.thetascope.artifacts.safetensors.TensorEntry;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Objects;

/** What src/test/peer/make_fixtures.py wrote. */
public final class Fixtures {
    private Fixtures() {}

    public static SafetensorsFile open(String name) {
        try {
            return SafetensorsFile.open(Path.of(Objects.requireNonNull(Fixtures.class.getResource("/fixtures/" + name))
                    .toURI()));
        } catch (URISyntaxException e) {
            throw new IllegalStateException(name, e);
        }
    }

    public static double[] doubles(SafetensorsFile file, String name) {
        TensorEntry tensor = file.tensor(name);
        byte[] bytes = new byte[Math.toIntExact(tensor.byteCount())];
        file.readBytes(tensor, 0, bytes, 0, bytes.length);
        double[] values = new double[bytes.length / Double.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer().get(values);
        return values;
    }

    /** Multiplicative hash of the index, in [-0.5, 0.5); the same integer arithmetic as in the script. */
    public static double hashed(long index, long salt) {
        return ((index + salt) * 2654435761L & 0xFFFFFFFFL) / 4294967296.0 - 0.5;
    }
}
