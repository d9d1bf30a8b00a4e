package io.thetascope.gateway.report.escape;

import io.thetascope.gateway.report.Retraining;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One size of a perturbation, over the parents that were perturbed by it; letters as in {@link Retraining}. The numbers are of
 * the runs that do not miss the accuracy gate.
 *
 * @param value ε, the norm of the Gaussian, or what is added with random signs
 * @param runs planned with it, one a parent
 * @param displaced ‖θp − θ1‖₂
 * @param effect E
 * @param nullDistance N
 * @param effectToNull E / N; near 1: no more than a change of data order
 * @param effectToDisplaced E / displaced; below 1: forgotten, above 1: amplified
 * @param departure S; of those not below drift
 * @param recovery R; of those not below drift
 * @param ratioToDrift ‖θ2 − θ1‖ / ‖θ2same − θ1‖
 * @param belowDrift runs whose displacement is below a tenth of the drift, so that R and S say nothing
 * @param gateMet whether θ1, θ2 and the twins reach the accuracy gate in all runs; absent while it is open or there is no gate
 */
public record EscapeValue(
        double value,
        int runs,
        @Nullable Spread displaced,
        @Nullable Spread effect,
        @Nullable Spread nullDistance,
        @Nullable Spread effectToNull,
        @Nullable Spread effectToDisplaced,
        @Nullable Spread departure,
        @Nullable Spread recovery,
        @Nullable Spread ratioToDrift,
        int belowDrift,
        @Nullable Boolean gateMet) {
    static EscapeValue of(double value, List<SweepRun> planned) {
        List<SweepRun> runs = planned.stream().filter(run -> !run.missedGate()).toList();
        return new EscapeValue(
                value,
                planned.size(),
                over(runs, Retraining::displaced),
                over(runs, Retraining::effect),
                over(runs, Retraining::nullDistance),
                over(runs, Retraining::effectToNull),
                over(runs, EscapeValue::amplification),
                over(runs, Retraining::departure),
                over(runs, Retraining::recovery),
                over(runs, Retraining::ratioToDrift),
                (int) runs.stream()
                        .filter(run -> run.figures() != null && run.figures().recoveryLabel() != null)
                        .count(),
                gate(planned));
    }

    private static @Nullable Spread over(List<SweepRun> runs, Function<Retraining, @Nullable Double> figure) {
        return Spread.of(runs.stream()
                .map(SweepRun::figures)
                .filter(Objects::nonNull)
                .map(figure)
                .toList());
    }

    private static @Nullable Double amplification(Retraining r) {
        Double effect = r.effect();
        Double displaced = r.displaced();
        return effect == null || displaced == null || displaced == 0 ? null : (Double) (effect / displaced);
    }

    private static @Nullable Boolean gate(List<SweepRun> runs) {
        if (runs.stream().anyMatch(run -> Boolean.FALSE.equals(run.gateMet()))) {
            return Boolean.FALSE;
        }
        return runs.stream().allMatch(run -> Boolean.TRUE.equals(run.gateMet())) ? Boolean.TRUE : null;
    }
}
