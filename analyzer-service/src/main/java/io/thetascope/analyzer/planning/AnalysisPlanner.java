package io.thetascope.analyzer.planning;

import io.thetascope.analyzer.records.AnalysisRecords;
import io.thetascope.analyzer.records.RunRecords;
import io.thetascope.analyzer.records.Standing;
import io.thetascope.analyzer.records.Survey;
import io.thetascope.artifacts.ArtifactKeys;
import io.thetascope.artifacts.store.MissingObjectException;
import io.thetascope.contracts.analysis.AnalysisRequest;
import io.thetascope.contracts.event.CheckpointStored;
import io.thetascope.contracts.event.Event;
import io.thetascope.contracts.event.RunFinished;
import io.thetascope.contracts.event.StudyAccepted;
import io.thetascope.contracts.run.RunOutcome;
import io.thetascope.contracts.study.AcceptedStudy;
import io.thetascope.messaging.FactHandler;
import io.thetascope.messaging.Facts;
import java.time.InstantSource;
import java.util.Locale;

/**
 * Turns facts into analysis jobs. Whichever fact comes last finds everything there and acts; it keeps nothing in memory
 * on which a decision rests, so facts may come in any order and more than once.
 */
public final class AnalysisPlanner implements FactHandler {
    private final RunRecords runs;
    private final AnalysisRecords analyses;
    private final Facts facts;
    private final InstantSource clock;

    /**
     * Plans over what the store holds.
     *
     * @param runs what is known of runs and studies
     * @param analyses what is measured already
     * @param facts takes the jobs, and what cannot happen
     * @param clock stamps what cannot happen
     */
    public AnalysisPlanner(RunRecords runs, AnalysisRecords analyses, Facts facts, InstantSource clock) {
        this.runs = runs;
        this.analyses = analyses;
        this.facts = facts;
        this.clock = clock;
    }

    @Override
    public void handle(Event event) {
        if (event instanceof CheckpointStored stored) {
            checkpointStored(stored);
        } else if (event instanceof RunFinished finished) {
            runFinished(finished);
        } else if (event instanceof StudyAccepted accepted) {
            studyAccepted(accepted);
        }
    }

    private void checkpointStored(CheckpointStored stored) {
        Survey survey = new Survey(runs);
        Orders orders = new Orders(analyses, facts, clock);
        for (AnalysisRequest request : runs.concernedBy(stored.runId())) {
            boolean reads = !request.kind().waitsForResults() // those wait for results
                    && request.inputs().stream()
                            .anyMatch(i -> i.step().equals(stored.checkpoint().step()));
            if (reads && survey.standing(request) instanceof Standing.Ready ready) {
                orders.start(request, ready);
            }
        }
        orders.await();
    }

    private void runFinished(RunFinished finished) {
        Survey survey = new Survey(runs);
        Orders orders = new Orders(analyses, facts, clock);
        // a run that failed once may have finished since, or be trained again: its result decides
        boolean over = !finished.outcome().forGood()
                && !wantedAgain(finished)
                && !survey.lineage(finished.runId()).ended();
        String ending = ending(finished);
        for (AnalysisRequest request : runs.concernedBy(finished.runId())) {
            Standing standing = survey.standing(request);
            if (standing instanceof Standing.Ready ready) {
                orders.start(request, ready);
            } else if (standing instanceof Standing.Impossible impossible) {
                orders.refuse(request, impossible.reason());
            } else if (over) {
                orders.refuse(request, ending);
            }
        }
        orders.await();
    }

    /** A run is cancelled when nobody wants it; who wants it by now, as after a reopening, has it trained again. */
    private boolean wantedAgain(RunFinished finished) {
        return finished.outcome() == RunOutcome.CANCELLED
                && !runs.wantedBy(finished.runId()).isEmpty();
    }

    private static String ending(RunFinished finished) {
        String outcome = finished.outcome().name().toLowerCase(Locale.ROOT);
        String reason = finished.reason() == null ? "" : ": " + finished.reason();
        return "run " + finished.runId() + " was " + outcome + reason + "; measured when it is run again and finishes";
    }

    private void studyAccepted(StudyAccepted accepted) {
        Survey survey = new Survey(runs);
        Orders orders = new Orders(analyses, facts, clock);
        AcceptedStudy study = runs.study(accepted.studyId())
                .orElseThrow(() -> new MissingObjectException(ArtifactKeys.study(accepted.studyId())));
        for (AnalysisRequest request : study.analyses()) {
            Standing standing = survey.standing(request);
            if (standing instanceof Standing.Ready ready) {
                orders.startOrRepeat(request, ready);
            } else if (standing instanceof Standing.Impossible impossible) {
                orders.refuse(request, impossible.reason());
            }
        }
        orders.await();
    }
}
