package io.thetascope.analyzer.features;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.thetascope.artifacts.safetensors.SafetensorsHeader;
import io.thetascope.networks.BatchNorm2d;
import io.thetascope.networks.NetworkDescription;
import io.thetascope.networks.Shape;
import io.thetascope.onnx.BatchStatisticsModel;
import io.thetascope.onnx.OnnxModel;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
    private final Set<String> wanted;

    private NetworkSession(
            OrtEnvironment environment, NetworkDescription network, OrtSession session, Set<String> wanted) {
        this.environment = environment;
        this.network = network;
        this.session = session;
        this.wanted = Set.copyOf(wanted);
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
        Set<String> wanted = new HashSet<>(Set.of(OnnxModel.FEATURES, OnnxModel.LOGITS));
        observed.forEach(layer -> wanted.add(OnnxModel.outputName(network, layer)));
        return open(environment, device, network, checkpoint, model, wanted);
    }

    /**
     * Opens a network in training mode, for the statistics of batches.
     *
     * @param environment of ONNX Runtime
     * @param device on which it runs
     * @param network that has a BatchNorm
     * @param checkpoint the verified file
     * @param header of that file
     */
    static NetworkSession statistics(
            OrtEnvironment environment,
            Device device,
            NetworkDescription network,
            Path checkpoint,
            SafetensorsHeader header) {
        byte[] model = BatchStatisticsModel.of(
                network, header, checkpoint.getFileName().toString());
        Set<String> wanted = BatchStatisticsModel.norms(network).stream()
                .flatMap(norm -> Stream.of(BatchStatisticsModel.mean(norm), BatchStatisticsModel.variance(norm)))
                .collect(Collectors.toSet());
        return open(environment, device, network, checkpoint, model, wanted);
    }

    private static NetworkSession open(
            OrtEnvironment environment,
            Device device,
            NetworkDescription network,
            Path checkpoint,
            byte[] model,
            Set<String> wanted) {
        try (OrtSession.SessionOptions options = options(checkpoint.toAbsolutePath(), device)) {
            return new NetworkSession(environment, network, environment.createSession(model, options), wanted);
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

        /** Returns a copy of the means of the batch by channel, where a session was opened for statistics. */
        public FloatBuffer mean(BatchNorm2d norm) {
            return named(BatchStatisticsModel.mean(norm));
        }

        /** Returns a copy of the biased variances of the batch by channel, where a session was opened for statistics. */
        public FloatBuffer variance(BatchNorm2d norm) {
            return named(BatchStatisticsModel.variance(norm));
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
