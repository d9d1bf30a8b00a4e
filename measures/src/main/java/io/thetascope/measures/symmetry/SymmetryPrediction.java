package io.thetascope.measures.symmetry;

import io.thetascope.contracts.analysis.SymmetryResult;
import io.thetascope.networks.BatchNorm2d;
import io.thetascope.networks.NetworkDescription;

/**
 * What the symmetries of a network say of a perturbed model, from its weights and the original's alone.
 *
 * @param kind {@link SymmetryResult#SAME_FEATURES}, {@link SymmetryResult#MIRRORED_BIASES} or {@link SymmetryResult#NONE}
 * @param reason in words
 * @param gauge turns the perturbed model into the one that it is said to be; its logits are then those, perhaps negated
 */
public record SymmetryPrediction(String kind, String reason, SignGauge gauge) {

    /**
     * Predicts.
     *
     * @param network of both
     * @param original θ1
     * @param perturbed θp
     */
    public static SymmetryPrediction of(NetworkDescription network, Checkpoint original, Checkpoint perturbed) {
        SignGauge gauge = SignGauge.between(network, original.weights(), perturbed.weights());
        Differences differences = Differences.between(network, original, perturbed, gauge);
        if (differences.other() != null) {
            return new SymmetryPrediction(SymmetryResult.NONE, uncovered(network, differences.other()), gauge);
        }
        boolean mirrored = differences.mirroredBiases() + differences.mirroredMeans() > 0;
        return new SymmetryPrediction(
                mirrored ? SymmetryResult.MIRRORED_BIASES : SymmetryResult.SAME_FEATURES,
                units(gauge) + (mirrored ? mirrored(differences) : "") + logits(gauge),
                gauge);
    }

    /** Whether anything is predicted. */
    public boolean predicts() {
        return !kind.equals(SymmetryResult.NONE);
    }

    private static String uncovered(NetworkDescription network, String tensor) {
        String changed = tensor + " is changed in a way that no symmetry of " + network.name() + " covers";
        boolean normalised = network.layers().stream().anyMatch(BatchNorm2d.class::isInstance);
        return normalised ? changed : changed + ": a ReLU network without BatchNorm has no sign symmetry";
    }

    private static String units(SignGauge gauge) {
        int turned = gauge.turnedUnits();
        return turned == 0
                ? "no feature depends on what was changed"
                : turned + " units before a BatchNorm have weights and γ negated, which alone leaves the features what"
                        + " they were";
    }

    private static String mirrored(Differences differences) {
        if (differences.mirroredBiases() == 0) {
            return " with recomputed statistics; with the stored ones the network is that with −μ in place of μ";
        }
        return differences.mirroredMeans() == 0
                ? "; their β is negated, so the network is that with −β in place of β"
                : "; their β is negated, so with recomputed statistics the network is that with −β in place of β, and"
                        + " with the stored ones that with −μ in place of μ as well";
    }

    private static String logits(SignGauge gauge) {
        return gauge.negatesLogits() ? "; the last layer is negated, and so are the logits" : "";
    }
}
