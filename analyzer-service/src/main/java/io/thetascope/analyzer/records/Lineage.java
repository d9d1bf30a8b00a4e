package io.thetascope.analyzer.records;

import io.thetascope.artifacts.StepKey;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.identity.Step;
import io.thetascope.contracts.run.RunOutcome;
import io.thetascope.contracts.run.RunResult;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The checkpoints of a run, and the evidence beside them, as they stand: by its result, which is the authority, or while
 * there is none by the objects in the store. Two objects for a step (two environments computed it) leave it open until
 * the result decides.
 *
 * @param run whose
 * @param result of a run that ended for good
 * @param objects what is stored, checkpoints and evidence; empty where there is a result
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
        return result != null ? byResult(result, step) : byObjects(StepKey.Kind.CHECKPOINT, "checkpoint", step);
    }

    private Whereabouts byResult(RunResult ended, Step step) {
        return ended.checkpointAt(step)
                .<Whereabouts>map(c -> Whereabouts.Stored.of(c.artifact()))
                .orElseGet(() -> new Whereabouts.Never(
                        ended(ended) + ", so it has no checkpoint at step " + step + remedy(ended)));
    }

    private String ended(RunResult result) {
        boolean diverged = result.outcome() == RunOutcome.DIVERGED;
        String reason = result.reason() == null ? "" : " (" + result.reason() + ")";
        return "run " + run + (diverged ? " diverged" : " ended") + reason;
    }

    private static String remedy(RunResult result) {
        return result.outcome() == RunOutcome.DIVERGED ? "; train it with a smaller learning rate" : "";
    }

    /**
     * Returns where the evidence of a step is; empty where the result, the authority, names none. Evidence is stored before
     * its checkpoint, so where the checkpoint is and the evidence is not, only the result can say more.
     */
    public Optional<Whereabouts> evidenceAt(Step step) {
        if (result == null) {
            return Optional.of(byObjects(StepKey.Kind.EVIDENCE, "evidence", step));
        }
        return result.checkpointAt(step)
                .flatMap(checkpoint -> Optional.ofNullable(checkpoint.evidence()))
                .map(Whereabouts.Stored::of);
    }

    private Whereabouts byObjects(StepKey.Kind kind, String what, Step step) {
        List<StepKey> found = objects.stream()
                .filter(o -> o.kind() == kind && o.step().equals(step))
                .toList();
        return switch (found.size()) {
            case 0 -> new Whereabouts.NotYet("run " + run + " has no " + what + " at step " + step + " yet");
            case 1 -> Whereabouts.Stored.of(found.get(0));
            default ->
                new Whereabouts.NotYet("run " + run + " has " + found.size() + " objects for the " + what + " at step "
                        + step + "; its result will say which counts");
        };
    }
}
