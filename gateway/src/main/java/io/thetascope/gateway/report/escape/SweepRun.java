package io.thetascope.gateway.report.escape;

import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.run.Perturbation;
import io.thetascope.gateway.report.FamilyGate;
import io.thetascope.gateway.report.Retraining;
import io.thetascope.gateway.report.RunRow;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One perturbed run of a sweep.
 *
 * @param parent whose end was perturbed
 * @param seed of the parent
 * @param value how large the perturbation was, above 0
 * @param figures against the parent and the twins; absent where nothing is known
 * @param judged whether the study has an accuracy gate for it
 * @param gateMet whether the run, its parent and the twins reach it; absent while it is open or there is none
 */
record SweepRun(
        RunId parent,
        long seed,
        double value,
        @Nullable Retraining figures,
        boolean judged,
        @Nullable Boolean gateMet) {
    /** Returns the run of a row, unless that is no perturbation of a size. */
    static Optional<SweepRun> of(RunRow row, FamilyGate gate) {
        Perturbation perturbation = row.perturbation();
        RunId from = row.parentRunId();
        Double value = perturbation == null ? null : perturbation.value();
        if (from == null || value == null || value <= 0) {
            return Optional.empty();
        }
        return Optional.of(new SweepRun(
                from,
                row.seed(),
                value,
                row.retraining(),
                row.gate() != null,
                gate.isMissedBy(row) ? Boolean.FALSE : row.gateMet()));
    }

    /** Whether it is below the gate, or what it is held against is. */
    boolean missedGate() {
        return Boolean.FALSE.equals(gateMet);
    }

    /** Whether its numbers may say where return turns into leaving. */
    boolean counts() {
        return figures != null && (!judged || Boolean.TRUE.equals(gateMet));
    }
}
