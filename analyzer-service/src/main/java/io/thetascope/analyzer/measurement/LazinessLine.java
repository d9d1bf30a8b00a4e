package io.thetascope.analyzer.measurement;

import io.thetascope.analyzer.features.FeatureModel;
import io.thetascope.analyzer.features.ImageBatches;
import io.thetascope.analyzer.features.NetworkSession;
import io.thetascope.analyzer.function.NetworkLine;
import io.thetascope.measures.laziness.GateCounts;
import io.thetascope.networks.Layer;
import io.thetascope.networks.NetworkDescription;
import io.thetascope.networks.Relu;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;

// n images, c classes

/**
 * The networks on the line through the start and the end of a run, all with the running statistics of the end.
 */
final class LazinessLine {
    private final FeatureModel model;
    private final NetworkDescription network;
    private final NetworkLine line;
    private final OpenCheckpoint end;
    private final ImageBatches images;

    /**
     * Writes nothing yet.
     *
     * @param model runs networks
     * @param folder for the files
     * @param network of both ends
     * @param start θ0
     * @param end θT
     * @param images as the network sees them
     */
    LazinessLine(
            FeatureModel model,
            Path folder,
            NetworkDescription network,
            OpenCheckpoint start,
            OpenCheckpoint end,
            ImageBatches images) {
        this.model = model;
        this.network = network;
        this.line = new NetworkLine(model, folder, network, start.tensors(), end.tensors(), null);
        this.end = end;
        this.images = images;
    }

    /** Returns the logits at θ0 + c(θT − θ0), one image a row. */
    float[] logitsNC(double c) {
        float[] logitsNC = logitsNC();
        line.at(
                c,
                List.of(),
                session -> images.forEach((batch, from, count) -> {
                    try (NetworkSession.Outputs outputs = session.run(batch, count)) {
                        put(outputs.logits(), from, logitsNC);
                    }
                }));
        return logitsNC;
    }

    /**
     * Runs both ends side by side.
     *
     * @param startNC receives the logits at the start
     * @param endNC receives the logits at the end
     * @param gates receives every ReLU of both
     */
    void ends(float[] startNC, float[] endNC, GateCounts gates) {
        List<String> relus = network.layers().stream()
                .filter(Relu.class::isInstance)
                .map(Layer::name)
                .toList();
        line.at(0, relus, first -> {
            try (NetworkSession last = model.open(network, end.path(), end.header(), relus)) {
                images.forEach((batch, from, count) -> {
                    try (NetworkSession.Outputs before = first.run(batch, count);
                            NetworkSession.Outputs after = last.run(batch, count)) {
                        put(before.logits(), from, startNC);
                        put(after.logits(), from, endNC);
                        relus.forEach(relu -> count(gates, relu, before, after));
                    }
                });
            }
        });
    }

    /** Returns room for logits. */
    float[] logitsNC() {
        return new float[images.images() * network.classes()];
    }

    private void put(FloatBuffer logits, int from, float[] into) {
        logits.get(into, from * network.classes(), logits.remaining());
    }

    private static void count(
            GateCounts gates, String relu, NetworkSession.Outputs before, NetworkSession.Outputs after) {
        FloatBuffer first = before.layer(relu);
        FloatBuffer last = after.layer(relu);
        gates.add(relu, array(first), array(last), first.remaining());
    }

    private static float[] array(FloatBuffer copy) {
        if (copy.hasArray() && copy.arrayOffset() == 0) {
            return copy.array();
        }
        float[] values = new float[copy.remaining()];
        copy.get(values);
        return values;
    }
}
