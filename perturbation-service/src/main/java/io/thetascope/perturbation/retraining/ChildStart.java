package io.thetascope.perturbation.retraining;

import io.thetascope.artifacts.ArtifactKeys;
import io.thetascope.artifacts.Checkpoints;
import io.thetascope.artifacts.safetensors.MalformedSafetensorsException;
import io.thetascope.artifacts.safetensors.WrittenFile;
import io.thetascope.artifacts.store.DamagedObjectException;
import io.thetascope.artifacts.store.MissingObjectException;
import io.thetascope.artifacts.store.ObjectStore;
import io.thetascope.contracts.run.ArtifactRef;
import io.thetascope.contracts.run.RunSpec;
import io.thetascope.messaging.TransientException;
import io.thetascope.messaging.trace.Stage;
import io.thetascope.perturbation.weights.ChildPlan;
import io.thetascope.perturbation.weights.StartingPoint;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * Starts one generation-1 run: its starting point is stored, then announced, then its job is queued. Looks first, so
 * that doing it twice is doing it once.
 */
final class ChildStart {
    private final ObjectStore store;
    private final StoredStart starts;
    private final StudyPlans plans;
    private final Announcements announcements;

    ChildStart(ObjectStore store, StudyPlans plans, Announcements announcements) {
        this.store = store;
        this.starts = new StoredStart(store, new Checkpoints(store));
        this.plans = plans;
        this.announcements = announcements;
    }

    /** Whether a study still wants the run and it has not ended for good. */
    boolean open(PlannedChild child) {
        boolean wanted = child.studies().stream()
                .anyMatch(study ->
                        store.stat(ArtifactKeys.wantedBy(child.runId(), study)).isPresent());
        return wanted && store.stat(ArtifactKeys.result(child.runId())).isEmpty();
    }

    /** Says that the run does not start. */
    void skip(PlannedChild child, String reason) {
        announcements.skipped(child.runId(), reason);
    }

    /** Starts the run from its parent's weights, or says by name why that cannot be. */
    void start(PlannedChild child, ParentWeights parent) {
        Stage.named("perturb")
                .with("thetascope.run.id", child.runId())
                .with("thetascope.parent.run.id", child.parent())
                .run(() -> startTraced(child, parent));
    }

    private void startTraced(PlannedChild child, ParentWeights parent) {
        Optional<RunSpec> parentSpec = plans.spec(child.parent(), child.studies());
        if (parentSpec.isEmpty()) {
            skip(child, "parent " + child.parent() + " has no spec in the store; restore it");
            return;
        }
        ChildPlan plan = ChildPlan.of(child.spec(), parentSpec.get());
        if (plan instanceof ChildPlan.Possible possible) {
            startOrSkip(child, possible, parent);
        } else if (plan instanceof ChildPlan.Impossible impossible) {
            skip(child, impossible.reason());
        }
    }

    private void startOrSkip(PlannedChild child, ChildPlan.Possible plan, ParentWeights parent) {
        ArtifactRef start;
        try {
            start = starts.find(child.runId()).orElseGet(() -> write(child, plan, parent));
        } catch (DamagedObjectException | MissingObjectException | MalformedSafetensorsException e) {
            skip(child, "parent " + child.parent() + " cannot be read: " + e.getMessage());
            return;
        }
        announcements.started(child, start);
    }

    private ArtifactRef write(PlannedChild child, ChildPlan.Possible plan, ParentWeights parent) {
        try {
            WrittenFile file = StartingPoint.write(parent.file(), child.runId(), plan, parent.target(child.runId()));
            return starts.store(child.runId(), file);
        } catch (UncheckedIOException e) { // of this machine's disk; the store has exceptions of its own
            throw new TransientException("the working folder fails: " + e.getMessage(), e);
        }
    }
}
