package io.thetascope.analyzer.features;

import io.thetascope.measures.features.Features;
import io.thetascope.networks.Layer;
import io.thetascope.networks.NetworkDescription;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

// n images, p units or channels, c classes

/** What a network gives for a set of images. Not a record: it holds arrays, which belong to whoever asked. */
final class Activations {
    private final NetworkDescription network;
    private final int images;
    private final float[] featuresNP;
    private final float[] logitsNC;
    private final Map<String, float[]> blocksNP = new LinkedHashMap<>();

    /** Makes room for the activations of so many images. */
    Activations(NetworkDescription network, int images) {
        this.network = network;
        this.images = images;
        this.featuresNP = new float[Math.multiplyExact(images, network.featureWidth())];
        this.logitsNC = new float[Math.multiplyExact(images, network.classes())];
        for (String block : network.blocks()) {
            boolean same = block.equals(network.featureLayer());
            blocksNP.put(block, same ? featuresNP : new float[Math.multiplyExact(images, width(block))]);
        }
    }

    private int width(String block) {
        return layer(block).outputShape().extent(0);
    }

    private Layer layer(String block) {
        return network.layer(block).orElseThrow();
    }

    /** Takes what a batch gave. */
    void put(int from, int count, NetworkSession.Outputs outputs) {
        outputs.features().get(featuresNP, from * network.featureWidth(), count * network.featureWidth());
        outputs.logits().get(logitsNC, from * network.classes(), count * network.classes());
        blocksNP.forEach((block, values) -> {
            if (values != featuresNP) {
                average(outputs.layer(block), layer(block), values, from * width(block), count * width(block));
            }
        });
    }

    /** Averages over the pixels of every channel, in double; a unit is its own average. */
    private static void average(FloatBuffer outputs, Layer layer, float[] into, int at, int rows) {
        int pixels =
                Math.toIntExact(layer.outputShape().size() / layer.outputShape().extent(0));
        for (int row = 0; row < rows; row++) {
            double sum = 0;
            for (int pixel = 0; pixel < pixels; pixel++) {
                sum += outputs.get(row * pixels + pixel);
            }
            into[at + row] = (float) (sum / pixels);
        }
    }

    /** Returns features and logits. */
    Features features() {
        return new Features(featuresNP, logitsNC, images);
    }

    /** Returns the names of the blocks, in the order of the network. */
    Iterable<String> blocks() {
        return blocksNP.keySet();
    }

    /** Returns how many channels or units a block has. */
    int blockWidth(String block) {
        return width(block);
    }

    /** Returns the outputs of a block, spatially averaged, one image a row. */
    float[] blockNP(String block) {
        return blocksNP.getOrDefault(block, new float[0]);
    }
}
