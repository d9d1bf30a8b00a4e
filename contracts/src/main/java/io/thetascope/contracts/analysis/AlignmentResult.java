package io.thetascope.contracts.analysis;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far two models of one network are apart once its symmetries are taken out (MEASURES §6). Upper bounds: matching is a
 * heuristic. The permutations are among the tensors of the analysis.
 *
 * @param parameters how many are compared: live ones
 * @param geometryDead how many were dropped first
 * @param stages raw, rescaled, sign-aware, permuted, each on top of the one before
 * @param groups the hidden units that may be permuted
 * @param sweeps over all groups until no permutation changed
 */
public record AlignmentResult(long parameters, long geometryDead, List<Stage> stages, List<Group> groups, int sweeps) {
    /** As the models are. */
    public static final String RAW = "raw";
    /** Each hidden unit scaled to a norm of 1, its scale pushed on; before a BatchNorm its weights normalised. */
    public static final String RESCALED = "rescaled";
    /** Each BatchNorm channel turned so that γ is positive. */
    public static final String SIGN_AWARE = "sign-aware";
    /** The units of the right permuted to match those of the left. */
    public static final String PERMUTED = "permuted";

    public AlignmentResult {
        stages = List.copyOf(stages);
        groups = List.copyOf(groups);
    }

    /**
     * The distance after a symmetry is taken out.
     *
     * @param name which
     * @param applies whether the network has this symmetry; where it has not, nothing changes
     * @param distance ‖a − b‖₂
     * @param leftNorm ‖a‖₂
     * @param rightNorm ‖b‖₂
     * @param normalised distance / √(‖a‖‖b‖); absent at norm 0
     * @param removed by how much {@code normalised} is smaller than in the stage before; absent in the first
     */
    public record Stage(
            String name,
            boolean applies,
            double distance,
            double leftNorm,
            double rightNorm,
            @Nullable Double normalised,
            @Nullable Double removed) {}

    /**
     * Hidden units that share one permutation.
     *
     * @param name of the layer in which they appear first
     * @param units how many
     * @param moved how many the matching puts elsewhere
     */
    public record Group(String name, int units, int moved) {}
}
