package io.thetascope.gateway.report;

import io.thetascope.contracts.run.EpochFigures;
import io.thetascope.contracts.run.RunSpec;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When a retraining was as good as its parent again: the first epoch of at least 1 with test accuracy ≥ θ1's − 0.5 points
 * (MEASURES §5).
 *
 * @param target the accuracy to be reached, 0–1; absent while that of θ1 is not known
 * @param epochs of retraining until it was reached; absent where {@code reason} says why
 * @param reason why there is no such epoch; absent where there is
 */
public record Regained(
        @Nullable Double target,
        @Nullable Integer epochs,
        @Nullable String reason) {
    private static final double POINTS = 0.005;
    /** Accuracies are counts over images; their differences are not exact in binary. */
    private static final double ROUNDING = 1e-12;

    public Regained {
        if ((epochs == null) == (reason == null)) {
            throw new IllegalArgumentException("either an epoch or a reason: " + epochs + ", " + reason);
        }
    }

    static Regained of(RunSpec spec, RunHistory run, RunHistory parent) {
        Optional<Double> trained = last(parent);
        if (trained.isEmpty()) {
            return new Regained(null, null, "the accuracy of the trained model is not known");
        }
        double target = trained.get() - POINTS;
        return run.epochs().stream()
                .filter(after -> after.epoch() >= 1 && after.test().accuracy() >= target - ROUNDING)
                .findFirst()
                .map(after -> new Regained(target, after.epoch(), null))
                .orElseGet(() -> new Regained(target, null, notYet(spec, run)));
    }

    private static Optional<Double> last(RunHistory parent) {
        List<EpochFigures> epochs = parent.epochs();
        return epochs.isEmpty() || !parent.state().equals("finished")
                ? Optional.empty()
                : Optional.of(epochs.get(epochs.size() - 1).test().accuracy());
    }

    private static String notYet(RunSpec spec, RunHistory run) {
        int seen = run.epochs().isEmpty()
                ? 0
                : run.epochs().get(run.epochs().size() - 1).epoch();
        if (seen == 0) {
            return "no epoch known";
        }
        return seen < spec.epochs()
                ? "not regained in " + seen + " of " + spec.epochs() + " epochs"
                : "not regained in " + seen + " epochs";
    }
}
