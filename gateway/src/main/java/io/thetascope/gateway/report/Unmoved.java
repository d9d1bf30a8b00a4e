package io.thetascope.gateway.report;

import io.thetascope.contracts.analysis.Attribution;
import io.thetascope.contracts.analysis.MovementResult;
import io.thetascope.contracts.run.InputShape;
import io.thetascope.contracts.run.RunSpec;
import io.thetascope.networks.NetworkDescription;
import io.thetascope.networks.Networks;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What of a run never moved, and why (MEASURES §2): what the description of its network predicts before training, and what
 * was found after the last step planned.
 *
 * @param input what the network sees of an image; whether a weight is geometry-dead depends on it
 * @param parameters of the network
 * @param predictedGeometryDead how many of them can only meet padding at this input, known before training
 * @param weightDecay of the optimizer; above 0 it moves geometry-dead weights too
 * @param share unchanged / parameters, 0–1; absent until it is measured
 * @param found the causes; absent until they are measured, and where an older analyzer did not count them
 * @param layers those with geometry-dead weights, in the order of the network
 */
public record Unmoved(
        InputShape input,
        long parameters,
        long predictedGeometryDead,
        double weightDecay,
        @Nullable Double share,
        @Nullable Attribution found,
        List<UnmovedLayer> layers) {
    public Unmoved {
        layers = List.copyOf(layers);
    }

    /** Returns what is known of a run; nothing where its network is not known here. */
    static @Nullable Unmoved of(RunSpec spec, @Nullable MovementResult whole) {
        if (!Networks.names().contains(spec.network())) {
            return null;
        }
        NetworkDescription network = Networks.named(spec.network(), spec.input());
        Attribution found = whole == null ? null : whole.attribution();
        return new Unmoved(
                spec.input(),
                network.parameterCount(),
                network.geometryDeadCount(),
                spec.optimizer().weightDecay(),
                share(whole, found),
                found,
                layers(network, whole));
    }

    private static @Nullable Double share(@Nullable MovementResult whole, @Nullable Attribution found) {
        if (whole == null) {
            return null;
        }
        if (found != null) {
            return (double) found.unchanged() / whole.parameters();
        }
        Double changed = whole.changed().get("0");
        return changed == null ? null : 1 - changed;
    }

    private static List<UnmovedLayer> layers(NetworkDescription network, @Nullable MovementResult whole) {
        Map<String, Attribution> found = whole == null
                ? Map.of()
                : whole.layers().stream()
                        .filter(layer -> layer.attribution() != null)
                        .collect(Collectors.toMap(l -> l.name(), l -> Objects.requireNonNull(l.attribution())));
        return network.parameters().stream()
                .filter(parameter -> !network.deadTaps(parameter).dead().isEmpty())
                .map(parameter -> UnmovedLayer.of(parameter, network.deadTaps(parameter), found.get(parameter.name())))
                .toList();
    }

    /**
     * Returns what must be said loudly, in words: {@link #problems} and that no evidence was kept where it would be needed.
     * Empty where all is as it should be.
     */
    public List<String> alarms() {
        List<String> alarms = new ArrayList<>(problems());
        if (found != null && !found.evidence() && found.unexplained() > 0) {
            alarms.add(unexplained(found, "no evidence was kept"));
        }
        return alarms;
    }

    /**
     * Returns what stands against trusting the run: evidence that contradicts itself, geometry-dead weights that changed
     * though no weight decay moves them, and a prediction that the measurement does not share.
     */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (found == null) {
            return problems;
        }
        if (found.evidence() && found.unexplained() > 0) {
            problems.add(unexplained(found, "the evidence contradicts itself"));
        }
        if (found.geometryDeadChanged() > 0 && !(weightDecay > 0)) {
            problems.add(String.format(
                    Locale.ROOT,
                    "%,d geometry-dead weights changed though they never meet a pixel and no weight decay moves them",
                    found.geometryDeadChanged()));
        }
        if (found.predictedGeometryDead() != predictedGeometryDead) {
            problems.add(String.format(
                    Locale.ROOT,
                    "the analysis took %,d weights for geometry-dead, the description predicts %,d",
                    found.predictedGeometryDead(),
                    predictedGeometryDead));
        }
        return problems;
    }

    private static String unexplained(Attribution found, String why) {
        return String.format(Locale.ROOT, "%,d unchanged parameters are unexplained: %s", found.unexplained(), why);
    }
}
