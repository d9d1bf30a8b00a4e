package io.thetascope.perturbation.retraining;

import io.thetascope.artifacts.ArtifactKeys;
import io.thetascope.artifacts.Checkpoints;
import io.thetascope.artifacts.JsonObjects;
import io.thetascope.artifacts.store.DamagedObjectException;
import io.thetascope.artifacts.store.ObjectStore;
import io.thetascope.contracts.event.Event;
import io.thetascope.contracts.event.RunFinished;
import io.thetascope.contracts.event.StudyAccepted;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.run.RunOutcome;
import io.thetascope.contracts.run.RunResult;
import io.thetascope.messaging.FactHandler;
import io.thetascope.messaging.Facts;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Starts, or gives up, the retrainings of finished runs. A parent's end and a study's acceptance come in any order:
 * whichever is second finds the other in the store and acts. One thread at a time.
 */
public final class Retrainings implements FactHandler {
    /** A cancelled parent that a study still wants, as after a reopening, is trained again: its children wait. */
    private static final Set<RunOutcome> SILENT = Set.of(RunOutcome.CANCELLED, RunOutcome.UNKNOWN);

    private final JsonObjects objects;
    private final Checkpoints checkpoints;
    private final Path work;
    private final StudyPlans plans;
    private final ChildStart starts;

    /**
     * Prepares the handler.
     *
     * @param store where everything lies
     * @param facts where starts and skips are announced
     * @param clock stamps them
     * @param work folder for files on their way; made when needed
     */
    public Retrainings(ObjectStore store, Facts facts, InstantSource clock, Path work) {
        this.objects = new JsonObjects(store);
        this.checkpoints = new Checkpoints(store);
        this.work = work;
        this.plans = new StudyPlans(store);
        this.starts = new ChildStart(store, plans, new Announcements(facts, clock));
    }

    @Override
    public void handle(Event event) {
        if (event instanceof StudyAccepted accepted) {
            plans.childrenByParent(accepted.studyId())
                    .forEach((parent, children) -> recorded(parent).ifPresent(ending -> settle(children, ending)));
        } else if (event instanceof RunFinished finished && !SILENT.contains(finished.outcome())) {
            List<PlannedChild> children = plans.childrenOf(finished.runId());
            if (!children.isEmpty()) {
                settle(children, recorded(finished.runId()).orElseGet(() -> ParentEnding.of(finished)));
            }
        }
    }

    // result.json before the fact: a fact about an attempt that failed may be older than the run's success
    private Optional<ParentEnding> recorded(RunId parent) {
        try {
            return objects.read(ArtifactKeys.result(parent), RunResult.class).map(ParentEnding::of);
        } catch (DamagedObjectException e) {
            return Optional.of(new ParentEnding.NoStart("parent " + parent + " cannot be read: " + e.getMessage()));
        }
    }

    private void settle(List<PlannedChild> children, ParentEnding ending) {
        List<PlannedChild> open = children.stream().filter(starts::open).toList();
        if (ending instanceof ParentEnding.NoStart never) {
            open.forEach(child -> starts.skip(child, never.reason()));
        } else if (ending instanceof ParentEnding.Finished finished && !open.isEmpty()) {
            try (ParentWeights parent =
                    ParentWeights.in(work, checkpoints, finished.last().artifact())) {
                open.forEach(child -> starts.start(child, parent));
            }
        }
    }
}
