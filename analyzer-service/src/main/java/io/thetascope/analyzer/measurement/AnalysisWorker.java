package io.thetascope.analyzer.measurement;

import io.thetascope.analyzer.records.AnalysisRecords;
import io.thetascope.analyzer.records.RunRecords;
import io.thetascope.analyzer.records.Standing;
import io.thetascope.analyzer.records.Survey;
import io.thetascope.artifacts.FailedAttempt;
import io.thetascope.artifacts.safetensors.MalformedSafetensorsException;
import io.thetascope.artifacts.store.DamagedObjectException;
import io.thetascope.artifacts.store.MissingObjectException;
import io.thetascope.contracts.analysis.AnalysisKind;
import io.thetascope.contracts.analysis.AnalysisOutcome;
import io.thetascope.contracts.analysis.AnalysisRequest;
import io.thetascope.contracts.event.AnalysisCompleted;
import io.thetascope.contracts.event.AnalysisJob;
import io.thetascope.contracts.identity.Attempt;
import io.thetascope.contracts.json.Json;
import io.thetascope.jobqueue.JobEnding;
import io.thetascope.jobqueue.JobHandler;
import io.thetascope.jobqueue.Lease;
import io.thetascope.measures.NotMeasurableException;
import io.thetascope.messaging.Facts;
import io.thetascope.messaging.trace.Stage;
import io.thetascope.onnx.CheckpointMismatchException;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works on analysis jobs: looks, reads, measures, stores, announces. The same job again finds the result and announces
 * it again.
 */
public final class AnalysisWorker implements JobHandler<AnalysisJob> {
    private static final Logger LOG = LoggerFactory.getLogger(AnalysisWorker.class);

    private final RunRecords runs;
    private final AnalysisRecords analyses;
    private final Measures measures;
    private final Facts facts;
    private final InstantSource clock;

    /**
     * Works over what the store holds.
     *
     * @param runs what is known of runs
     * @param analyses where results are kept
     * @param instruments to measure with
     * @param facts where endings are announced
     * @param clock stamps endings
     */
    public AnalysisWorker(
            RunRecords runs, AnalysisRecords analyses, Instruments instruments, Facts facts, InstantSource clock) {
        this.runs = runs;
        this.analyses = analyses;
        this.measures = new Measures(runs, analyses, instruments);
        this.facts = facts;
        this.clock = clock;
    }

    @Override
    public JobEnding run(AnalysisJob job, Attempt attempt, Lease lease) {
        if (!job.analysisId().equals(job.request().id())) {
            return refuse(
                    job, attempt, "this analyzer does not know all of the request; deploy a newer one, ask again");
        }
        try {
            Measures.requireKnown(job.request());
            Standing standing = new Survey(runs).standing(job.request());
            if (standing instanceof Standing.Ready ready) {
                return measure(job, attempt, lease, ready);
            } else if (standing instanceof Standing.Impossible impossible) {
                return refuse(job, attempt, impossible.reason());
            } else if (standing instanceof Standing.Waiting waiting) {
                return waits(job, attempt, waiting);
            }
            return new JobEnding.Done();
        } catch (NotMeasurableException
                | DamagedObjectException
                | MissingObjectException
                | MalformedSafetensorsException
                | CheckpointMismatchException e) {
            return refuse(job, attempt, String.valueOf(e.getMessage()));
        }
    }

    private JobEnding measure(AnalysisJob job, Attempt attempt, Lease lease, Standing.Ready ready) {
        AnalysisRequest request = job.request();
        Optional<AnalysisCompleted> known = known(request, ready);
        if (known.isPresent()) {
            announce(known.get());
            return new JobEnding.Done();
        }
        Measurement measurement = Stage.named("measure " + request.kind().name().toLowerCase(Locale.ROOT))
                .with("thetascope.analysis.id", job.analysisId())
                .call(() -> measures.measure(request, ready.inputs()));
        if (!lease.held()) {
            return new JobEnding.Released();
        }
        AnalysisCompleted measured = new AnalysisCompleted(
                job.analysisId(),
                attempt,
                request,
                AnalysisOutcome.MEASURED,
                null,
                measurement.read(),
                Json.tree(measurement.result()),
                measurement.tensors(),
                clock.instant());
        analyses.store(measured);
        announce(measured);
        LOG.info("analysis measured analysis={} kind={} runs={}", job.analysisId(), request.kind(), request.runs());
        return new JobEnding.Done();
    }

    /** An audit is never answered from what was found earlier: damage comes later. */
    private Optional<AnalysisCompleted> known(AnalysisRequest request, Standing.Ready ready) {
        return request.kind() == AnalysisKind.INTEGRITY ? Optional.empty() : analyses.find(request, ready.inputs());
    }

    /** What facts start again may wait for them; nobody would come back to anything else. */
    private JobEnding waits(AnalysisJob job, Attempt attempt, Standing.Waiting waiting) {
        boolean startedAgain =
                job.request().runs().stream().anyMatch(r -> runs.concernedBy(r).contains(job.request()));
        if (!startedAgain) {
            return refuse(job, attempt, waiting.reason() + "; ask again once it is there");
        }
        LOG.info("analysis waits analysis={} reason={}", job.analysisId(), waiting.reason());
        return new JobEnding.Done();
    }

    private JobEnding refuse(AnalysisJob job, Attempt attempt, String reason) {
        LOG.info(
                "analysis refused analysis={} kind={} reason={}",
                job.analysisId(),
                job.request().kind(),
                reason);
        announce(unmeasured(job, attempt, AnalysisOutcome.REFUSED, reason));
        return new JobEnding.Done();
    }

    @Override
    public long progress(AnalysisJob job) {
        return 0; // an analysis has no intermediate results
    }

    @Override
    public void gaveUp(AnalysisJob job, FailedAttempt last, int failures) {
        String reason = "gave up after " + failures + " failures, the last: " + last.error();
        announce(unmeasured(job, last.attempt(), AnalysisOutcome.FAILED, reason));
    }

    private AnalysisCompleted unmeasured(AnalysisJob job, Attempt attempt, AnalysisOutcome outcome, String reason) {
        return new AnalysisCompleted(
                job.analysisId(), attempt, job.request(), outcome, reason, List.of(), null, null, clock.instant());
    }

    private void announce(AnalysisCompleted ending) {
        facts.publish(ending).join();
    }
}
