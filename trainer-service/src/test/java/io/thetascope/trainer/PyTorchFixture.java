package io.thetascope.trainer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.thetascope.contracts.run.OptimizerSpec;
import io.thetascope.trainer.data.HostImages;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** What benchmarks/peers/make_fixtures.py wrote; the field names are explained there. */
public final class PyTorchFixture {
    private static final ObjectMapper JSON = new ObjectMapper();

    private PyTorchFixture() {}

    public static JsonNode read(String name) {
        try (InputStream file = PyTorchFixture.class.getResourceAsStream("/pytorch/" + name)) {
            return JSON.readTree(file);
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }

    /** The script's synthetic images: pixel byte (i*7 + c*31 + y*13 + x*17 + y*x*(i+1)) % 251, label i % 10. */
    public static HostImages images(int count, int channels, int side) {
        byte[] pixels = new byte[count * channels * side * side];
        byte[] labels = new byte[count];
        int at = 0;
        for (int i = 0; i < count; i++) {
            labels[i] = (byte) (i % 10);
            for (int c = 0; c < channels; c++) {
                for (int y = 0; y < side; y++) {
                    for (int x = 0; x < side; x++) {
                        pixels[at++] = (byte) ((i * 7 + c * 31 + y * 13 + x * 17 + y * x * (i + 1)) % 251);
                    }
                }
            }
        }
        return HostImages.padded(count, channels, side, side, pixels, labels);
    }

    public static OptimizerSpec optimizer(JsonNode node) {
        double rate = node.get("learningRate").doubleValue();
        double decay = node.get("weightDecay").doubleValue();
        return node.get("kind").textValue().equals("sgd")
                ? OptimizerSpec.sgd(rate, node.get("momentum").doubleValue(), decay, 0)
                : OptimizerSpec.adam(rate, decay, 0);
    }

    public static double[] doubles(JsonNode array) {
        double[] values = new double[array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = array.get(i).doubleValue();
        }
        return values;
    }
}
