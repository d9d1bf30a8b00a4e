package io.thetascope.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * ONNX Runtime on a model's bytes, with the options that keep the weights mapped instead of copied. Caller closes it.
 */
final class RuntimeSession implements AutoCloseable {

    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession.SessionOptions options;
    private final OrtSession session;

    RuntimeSession(byte[] model, Path dataFolder) throws OrtException {
        options = new OrtSession.SessionOptions();
        options.setIntraOpNumThreads(1);
        options.setInterOpNumThreads(1);
        options.addConfigEntry("session.disable_prepacking", "1");
        options.addConfigEntry("session.model_external_initializers_file_folder_path", dataFolder.toString());
        session = environment.createSession(model, options);
    }

    /** The output of that name for images [batch, C, H, W]. */
    float[][] run(String output, float[] images, long... shape) throws OrtException {
        try (OnnxTensor tensor = OnnxTensor.createTensor(environment, FloatBuffer.wrap(images), shape);
                OrtSession.Result result = session.run(Map.of(OnnxModel.IMAGES, tensor), Set.of(output))) {
            return (float[][]) result.get(0).getValue();
        }
    }

    /** The same, whatever the output's rank, row by row. */
    float[] runFlat(String output, float[] images, long... shape) throws OrtException {
        try (OnnxTensor tensor = OnnxTensor.createTensor(environment, FloatBuffer.wrap(images), shape);
                OrtSession.Result result = session.run(Map.of(OnnxModel.IMAGES, tensor), Set.of(output))) {
            FloatBuffer buffer = ((OnnxTensor) result.get(0)).getFloatBuffer();
            float[] values = new float[buffer.remaining()];
            buffer.get(values);
            return values;
        }
    }

    /** Names of the outputs, in the model's order. */
    List<String> outputs() {
        return List.copyOf(session.getOutputNames());
    }

    @Override
    public void close() throws OrtException {
        session.close();
        options.close();
    }
}
