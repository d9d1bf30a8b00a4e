package io.thetascope.trainer.run;

import io.thetascope.artifacts.ArtifactKeys;
import io.thetascope.artifacts.store.ObjectStore;
import io.thetascope.contracts.event.RunControl;
import io.thetascope.contracts.identity.RunId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which runs no study wants any more, as far as run-control says. Since a job may overtake the message that a run is wanted
 * again, the marks in the store have the last word. Threads may share it.
 */
public final class WantedRuns {
    private final ObjectStore store;
    private final Map<RunId, RunControl> latest = new ConcurrentHashMap<>();
    private final Map<RunId, Long> overruled = new ConcurrentHashMap<>();

    /** Looks for marks in this store. */
    public WantedRuns(ObjectStore store) {
        this.store = store;
    }

    /** Takes note of a message; the highest revision of a run counts. */
    public void note(RunControl control) {
        latest.merge(control.runId(), control, (old, next) -> next.revision() >= old.revision() ? next : old);
    }

    /** Whether this run should not be trained. Cheap, unless run-control has just changed its mind. */
    public boolean abandoned(RunId run) {
        RunControl control = latest.get(run);
        if (control == null || control.wanted()) {
            return false;
        }
        Long passedOver = overruled.get(run);
        if (passedOver != null && passedOver == control.revision()) {
            return false;
        }
        if (store.list(ArtifactKeys.wantedBy(run)).isEmpty()) {
            return true;
        }
        overruled.put(run, control.revision());
        return false;
    }
}
