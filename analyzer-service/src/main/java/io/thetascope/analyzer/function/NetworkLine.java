package io.thetascope.analyzer.function;

import io.thetascope.analyzer.features.FeatureModel;
import io.thetascope.analyzer.features.ImageBatches;
import io.thetascope.analyzer.features.NetworkSession;
import io.thetascope.artifacts.safetensors.SafetensorsFile;
import io.thetascope.networks.NetworkDescription;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The networks on the straight line through two checkpoints. Each is written to a file, run, and removed; its running statistics
 * are those of the end, or recomputed at every point.
 */
public final class NetworkLine {
    /** What the names of its files start with. */
    static final String PREFIX = "line.";

    private final FeatureModel model;
    private final Path folder;
    private final NetworkDescription network;
    private final SafetensorsFile start;
    private final SafetensorsFile end;
    private final @Nullable ImageBatches statistics;

    /**
     * Writes nothing yet.
     *
     * @param model runs networks
     * @param folder for the files
     * @param network of both
     * @param start where the line starts; the caller keeps it open, as the end
     * @param end through which it leads
     * @param statistics {@link ImageBatches#whole whole batches} from which the running statistics are recomputed; absent where
     *     those of the end are kept, as in a network that has none
     */
    public NetworkLine(
            FeatureModel model,
            Path folder,
            NetworkDescription network,
            SafetensorsFile start,
            SafetensorsFile end,
            @Nullable ImageBatches statistics) {
        this.model = model;
        this.folder = folder;
        this.network = network;
        this.start = start;
        this.end = end;
        this.statistics = statistics;
    }

    /**
     * Runs the network at a point.
     *
     * @param c where on the line: 0 the start, 1 the end
     * @param observed layers whose outputs are wanted besides features and logits
     * @param use runs it; must not keep it
     */
    public void at(double c, List<String> observed, Consumer<NetworkSession> use) {
        try (TemporaryFile point = TemporaryFile.in(folder, PREFIX)) {
            InterpolatedCheckpoint.write(point.path(), network, start, end, c);
            if (statistics == null) {
                run(point.path(), observed, use);
                return;
            }
            try (TemporaryFile recomputed = TemporaryFile.in(folder, PREFIX)) {
                recompute(point.path(), statistics, recomputed.path());
                run(recomputed.path(), observed, use);
            }
        }
    }

    private void recompute(Path point, ImageBatches images, Path target) {
        try (SafetensorsFile file = SafetensorsFile.open(point)) {
            new NormStatistics(model).write(network, point, file.header(), images, target);
        }
    }

    private void run(Path checkpoint, List<String> observed, Consumer<NetworkSession> use) {
        try (SafetensorsFile file = SafetensorsFile.open(checkpoint);
                NetworkSession session = model.open(network, checkpoint, file.header(), observed)) {
            use.accept(session);
        }
    }
}
