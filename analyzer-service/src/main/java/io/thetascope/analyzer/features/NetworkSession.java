package io.thetascope.analyzer.features;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.thetascope.artifacts.safetensors.SafetensorsHeader;
import io.thetascope.networks.NetworkDescription;
import io.thetascope.networks.Shape;
import io.thetascope.onnx.OnnxModel;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A network with the weights of a checkpoint in ONNX Runtime. The weights are not copied: the session maps the file, which
 * must not be changed in place meanwhile. One thread at a time. Caller closes it.
 */
public final class NetworkSession implements AutoCloseable {
    /** The cores belong to the trainers. */
    private static final int THREADS = 1;

    private final OrtEnvironment environment;
    private final NetworkDescription network;
    private final OrtSession session;
    private final Set<String> wanted = new HashSet<>(Set.of(OnnxModel.FEATURES, OnnxModel.LOGITS));

    private NetworkSession(
            OrtEnvironment environment, NetworkDescription network, OrtSession session, List<String> observed) {
        this.environment = environment;
        this.network = network;
        this.session = session;
        observed.forEach(layer -> wanted.add(OnnxModel.outputName(network, layer)));
    }

    /**
     * Opens a network.
     *
     * @param environment of ONNX Runtime
     * @param device on which it runs
     * @param network whose checkpoint it is
     * @param checkpoint the verified file
     * @param header of that file
     * @param observed layers whose outputs are wanted besides features and logits
     */
    static NetworkSession open(
            OrtEnvironment environment,
            Device device,
            NetworkDescription network,
            Path checkpoint,
            SafetensorsHeader header,
            List<String> observed) {
        byte[] model =
                OnnxModel.observed(network, header, checkpoint.getFileName().toString(), observed);
        try (OrtSession.SessionOptions options = options(checkpoint.toAbsolutePath(), device)) {
            return new NetworkSession(environment, network, environment.createSession(model, options), observed);
        } catch (OrtException e) {
            throw failed(network, e);
        }
    }

    private static OrtSession.SessionOptions options(Path checkpoint, Device device) throws OrtException {
        OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        try {
            device.addTo(options);
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

    /** Runs a batch. Caller closes the result. */
    public Outputs run(FloatBuffer batchBCHW, int count) {
        Shape image = network.inputShape();
        long[] shapeBCHW = {count, image.channels(), image.height(), image.width()};
        try (OnnxTensor input = OnnxTensor.createTensor(environment, batchBCHW, shapeBCHW)) {
            return new Outputs(network, session.run(Map.of(OnnxModel.IMAGES, input), wanted));
        } catch (OrtException e) {
            throw failed(network, e);
        }
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw failed(network, e);
        }
    }

    private static IllegalStateException failed(NetworkDescription network, OrtException cause) {
        return new IllegalStateException("ONNX Runtime failed on " + network.name() + ": " + cause.getMessage(), cause);
    }

    /** What a batch gives, outside the heap. Caller closes it. */
    public static final class Outputs implements AutoCloseable {
        private final NetworkDescription network;
        private final OrtSession.Result result;

        private Outputs(NetworkDescription network, OrtSession.Result result) {
            this.network = network;
            this.result = result;
        }

        /** Returns a copy of the features, one image a row. */
        public FloatBuffer features() {
            return named(OnnxModel.FEATURES);
        }

        /** Returns a copy of the logits, one image a row. */
        public FloatBuffer logits() {
            return named(OnnxModel.LOGITS);
        }

        /** Returns a copy of the outputs of an observed layer, one image a row. */
        public FloatBuffer layer(String layer) {
            return named(OnnxModel.outputName(network, layer));
        }

        private FloatBuffer named(String name) {
            return ((OnnxTensor) result.get(name).orElseThrow()).getFloatBuffer();
        }

        @Override
        public void close() {
            result.close();
        }
    }
}
