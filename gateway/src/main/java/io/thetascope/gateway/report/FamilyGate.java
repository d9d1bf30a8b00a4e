package io.thetascope.gateway.report;

import io.thetascope.contracts.identity.RunId;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * Which runs no section over seeds discusses: those below the accuracy gate, those whose parent is, and those whose parent has
 * a twin that is: such a twin says nothing of what training again does. A gate that is open or that a study does not have is
 * not missed.
 */
public final class FamilyGate {
    private final Set<RunId> missed = new HashSet<>();

    private FamilyGate() {}

    /** Looks at the runs of a study. */
    public static FamilyGate of(Collection<RunRow> rows) {
        FamilyGate gate = new FamilyGate();
        for (RunRow row : rows) {
            if (Boolean.FALSE.equals(row.gateMet())) {
                gate.missed.add(row.runId());
                if (row.twin() != null && row.parentRunId() != null) {
                    gate.missed.add(row.parentRunId());
                }
            }
        }
        return gate;
    }

    /** Whether a run, or what it is held against, is below the gate. */
    public boolean isMissedBy(RunRow run) {
        return Boolean.FALSE.equals(run.gateMet()) || (run.parentRunId() != null && missed.contains(run.parentRunId()));
    }
}
