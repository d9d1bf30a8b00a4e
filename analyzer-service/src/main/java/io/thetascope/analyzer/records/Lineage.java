package io.thetascope.analyzer.records;

import io.thetascope.artifacts.StepKey;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.identity.Step;
import io.thetascope.contracts.run.RunOutcome;
import io.thetascope.contracts.run.RunResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The checkpoints of a run as they stand: by its result, which is the authority, or while there is none by the objects
 * in the store. Two objects for a step (two environments computed it) leave it open until the result decides.
 *
 * @param run whose
 * @param result of a run that ended for good
 * @param objects what is stored; empty where there is a result
 */
public record Lineage(RunId run, @Nullable RunResult result, List<StepKey> objects) {
    public Lineage {
        objects = List.copyOf(objects);
    }

    /** Whether the run ended for good. */
    public boolean ended() {
        return result != null;
    }

    /** Returns where the checkpoint of a step is. */
    public Whereabouts at(Step step) {
        return result != null ? byResult(result, step) : byObjects(step);
    }

    private Whereabouts byResult(RunResult ended, Step step) {
        return ended.checkpointAt(step)
                .<Whereabouts>map(c -> Whereabouts.Stored.of(c.artifact()))
                .orElseGet(() -> new Whereabouts.Never(ended(ended) + ", so it has no checkpoint at step " + step));
    }

    private String ended(RunResult result) {
        boolean diverged = result.outcome() == RunOutcome.DIVERGED;
        String reason = result.reason() == null ? "" : " (" + result.reason() + ")";
        return "run " + run + (diverged ? " diverged" : " ended") + reason;
    }

    private Whereabouts byObjects(Step step) {
        List<StepKey> found =
                objects.stream().filter(o -> o.step().equals(step)).toList();
        return switch (found.size()) {
            case 0 -> new Whereabouts.NotYet("run " + run + " has no checkpoint at step " + step + " yet");
            case 1 -> Whereabouts.Stored.of(found.get(0));
            default ->
                new Whereabouts.NotYet("run " + run + " has " + found.size() + " checkpoints at step " + step
                        + "; its result will say which counts");
        };
    }
}
