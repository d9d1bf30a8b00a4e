package io.thetascope.contracts.analysis;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the symmetries of the network say that a perturbation does to its function, and what it does, at step 0 of the retraining
 * (MEASURES §5).
 *
 * @param prediction {@link #SAME_FEATURES}, {@link #MIRRORED_BIASES} or {@link #NONE}
 * @param reason in words
 * @param images of the probe set
 * @param statisticsImages training images from which BatchNorm's statistics were recomputed; 0 in networks without BatchNorm
 * @param before of θ1, with its stored statistics
 * @param beforeRecomputed of θ1, with recomputed statistics; absent in networks without BatchNorm
 * @param stored of θp with the stored statistics, against {@code before}
 * @param recomputed of θp with recomputed statistics, against {@code beforeRecomputed}; absent in networks without BatchNorm
 * @param shifts of every BatchNorm of θ1, in the order of the network
 */
public record SymmetryResult(
        String prediction,
        String reason,
        int images,
        int statisticsImages,
        FunctionFigures before,
        @Nullable FunctionFigures beforeRecomputed,
        FunctionChange stored,
        @Nullable FunctionChange recomputed,
        List<NormShift> shifts) {
    /** The features stay what they were; the logits too, or they are negated. */
    public static final String SAME_FEATURES = "same-features";
    /** The network is that with −β in place of β (with stored statistics −μ in place of μ as well), its logits perhaps negated. */
    public static final String MIRRORED_BIASES = "mirrored-biases";
    /** No symmetry of the network says anything. */
    public static final String NONE = "none";

    public SymmetryResult {
        shifts = List.copyOf(shifts);
    }
}
