package io.thetascope.analyzer.function;

import io.thetascope.analyzer.features.ImageBatches;
import io.thetascope.analyzer.features.NetworkSession;
import io.thetascope.analyzer.features.ProbeImages;
import io.thetascope.contracts.analysis.FunctionFigures;
import io.thetascope.contracts.run.RunSpec;
import io.thetascope.measures.function.Classification;
import io.thetascope.networks.NetworkDescription;

// n images, c classes

/** Images with their labels, as a network sees them: to say how well it classifies them. One thread at a time. */
public final class LabelledImages {
    private final NetworkDescription network;
    private final ImageBatches batches;
    private final int[] labelsN;

    /**
     * Prepares images.
     *
     * @param images as the data set holds them
     * @param spec of a run: how its network sees them
     * @param network of that run
     */
    public LabelledImages(ProbeImages images, RunSpec spec, NetworkDescription network) {
        this.network = network;
        this.batches = new ImageBatches(images.seenBy(spec), network.inputShape());
        this.labelsN = images.labelsN();
    }

    /** Returns how many there are. */
    public int count() {
        return batches.images();
    }

    /** Returns the logits that a network gives, one image a row. */
    public float[] logitsNC(NetworkSession session) {
        float[] logitsNC = new float[Math.multiplyExact(batches.images(), network.classes())];
        batches.forEach((batch, from, count) -> {
            try (NetworkSession.Outputs outputs = session.run(batch, count)) {
                outputs.logits().get(logitsNC, from * network.classes(), count * network.classes());
            }
        });
        return logitsNC;
    }

    /** Returns how well a network classifies them. */
    public FunctionFigures figures(NetworkSession session) {
        return Classification.figures(logitsNC(session), labelsN, network.classes());
    }
}
