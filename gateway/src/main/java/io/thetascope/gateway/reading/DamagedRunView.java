package io.thetascope.gateway.reading;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.thetascope.gateway.damage.Damage;
import io.thetascope.gateway.damage.DamagedStep;
import java.util.List;

/**
 * A run, and what of it cannot be trusted; the run's fields lie beside {@code damaged}.
 *
 * @param run where it stands
 * @param damaged its damaged checkpoints by its latest audit; empty for a sound run and one that was not audited
 */
public record DamagedRunView(@JsonUnwrapped RunView run, List<DamagedStep> damaged) {
    public DamagedRunView {
        damaged = List.copyOf(damaged);
    }

    /** Returns a run with what is wrong with it. */
    public static DamagedRunView of(RunView run, Damage damage) {
        return new DamagedRunView(run, damage.of(run.runId()));
    }
}
