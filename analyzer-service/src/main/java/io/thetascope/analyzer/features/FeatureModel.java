package io.thetascope.analyzer.features;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.thetascope.artifacts.safetensors.SafetensorsHeader;
import io.thetascope.networks.NetworkDescription;
import io.thetascope.networks.Shape;
import io.thetascope.onnx.OnnxModel;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/**
 * Runs networks in ONNX Runtime. The weights are not copied: the session maps the checkpoint file, which must not be
 * changed in place meanwhile. One thread a run: the cores belong to the trainers.
 */
public final class FeatureModel {
    /** Images a call: 42,000 images/s with LeNet on one thread; larger batches only leave the cache. */
    private static final int BATCH = 32;

    private static final int THREADS = 1;

    private final OrtEnvironment environment = OrtEnvironment.getEnvironment("thetascope");

    /**
     * Runs a network over images.
     *
     * @param network whose checkpoint it is
     * @param checkpoint the verified file
     * @param header of that file
     * @param images as the network sees them
     */
    Activations run(NetworkDescription network, Path checkpoint, SafetensorsHeader header, PreparedImages images) {
        byte[] model = OnnxModel.of(network, header, checkpoint.getFileName().toString());
        float[] featuresNP = new float[Math.multiplyExact(images.count(), network.featureWidth())];
        float[] logitsNC = new float[Math.multiplyExact(images.count(), network.classes())];
        FloatBuffer features = FloatBuffer.wrap(featuresNP);
        FloatBuffer logits = FloatBuffer.wrap(logitsNC);
        try (OrtSession.SessionOptions options = options(checkpoint.toAbsolutePath());
                OrtSession session = environment.createSession(model, options)) {
            int imageSize = Math.toIntExact(network.inputShape().size());
            FloatBuffer batch = ByteBuffer.allocateDirect(BATCH * imageSize * Float.BYTES)
                    .order(ByteOrder.nativeOrder())
                    .asFloatBuffer();
            for (int from = 0; from < images.count(); from += BATCH) {
                int count = Math.min(BATCH, images.count() - from);
                batch.clear();
                for (int i = 0; i < count; i++) {
                    images.appendTo(batch, from + i);
                }
                run(session, batch.flip(), shapeBCHW(count, network.inputShape()), features, logits);
            }
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime failed on " + network.name() + ": " + e.getMessage(), e);
        }
        return new Activations(featuresNP, logitsNC);
    }

    private void run(OrtSession session, FloatBuffer batch, long[] shapeBCHW, FloatBuffer features, FloatBuffer logits)
            throws OrtException {
        try (OnnxTensor input = OnnxTensor.createTensor(environment, batch, shapeBCHW);
                OrtSession.Result outputs =
                        session.run(Map.of(OnnxModel.IMAGES, input), Set.of(OnnxModel.FEATURES, OnnxModel.LOGITS))) {
            append(outputs, OnnxModel.FEATURES, features);
            append(outputs, OnnxModel.LOGITS, logits);
        }
    }

    private static void append(OrtSession.Result outputs, String name, FloatBuffer to) {
        OnnxTensor output = (OnnxTensor) outputs.get(name).orElseThrow();
        to.put(output.getFloatBuffer());
    }

    private static long[] shapeBCHW(int batch, Shape image) {
        return new long[] {batch, image.channels(), image.height(), image.width()};
    }

    private static OrtSession.SessionOptions options(Path checkpoint) throws OrtException {
        OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        try {
            options.setIntraOpNumThreads(THREADS);
            options.setInterOpNumThreads(THREADS);
            options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
            // prepacking copies the weights: 606 MiB for VGG19
            options.addConfigEntry("session.disable_prepacking", "1");
            options.addConfigEntry(
                    "session.model_external_initializers_file_folder_path", String.valueOf(checkpoint.getParent()));
            return options;
        } catch (OrtException e) {
            options.close();
            throw e;
        }
    }
}
