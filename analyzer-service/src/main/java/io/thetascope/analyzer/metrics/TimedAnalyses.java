package io.thetascope.analyzer.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.thetascope.artifacts.FailedAttempt;
import io.thetascope.contracts.analysis.AnalysisKind;
import io.thetascope.contracts.analysis.AnalysisOutcome;
import io.thetascope.contracts.event.AnalysisCompleted;
import io.thetascope.contracts.event.AnalysisJob;
import io.thetascope.contracts.event.Event;
import io.thetascope.contracts.identity.Attempt;
import io.thetascope.contracts.json.Json;
import io.thetascope.jobqueue.JobEnding;
import io.thetascope.jobqueue.JobHandler;
import io.thetascope.jobqueue.Lease;
import java.time.Duration;

/**
 * Exports what becomes of analysis jobs: {@code thetascope_analyzer_job_seconds} by kind, for every job that came to an end
 * here, and {@code thetascope_analyzer_analyses_total} by kind and outcome, for every ending that was announced. A job that
 * comes twice is announced twice, and counted twice.
 */
public final class TimedAnalyses implements JobHandler<AnalysisJob> {
    private static final Duration[] SECONDS = {
        Duration.ofMillis(100),
        Duration.ofMillis(500),
        Duration.ofSeconds(2),
        Duration.ofSeconds(10),
        Duration.ofSeconds(60),
        Duration.ofSeconds(600)
    };

    private final JobHandler<AnalysisJob> handler;
    private final MeterRegistry meters;

    /** Times what this handler does. */
    public TimedAnalyses(JobHandler<AnalysisJob> handler, MeterRegistry meters) {
        this.handler = handler;
        this.meters = meters;
        unsound(meters); // an increase is seen only in a series that was there before
    }

    @Override
    public JobEnding run(AnalysisJob job, Attempt attempt, Lease lease) throws Exception {
        Timer.Sample sample = Timer.start(meters);
        JobEnding ending = handler.run(job, attempt, lease);
        sample.stop(Timer.builder("thetascope.analyzer.job")
                .description("for which the analyzer worked on a job")
                .tag("kind", word(job.request().kind()))
                .serviceLevelObjectives(SECONDS)
                .register(meters));
        return ending;
    }

    @Override
    public long progress(AnalysisJob job) {
        return handler.progress(job);
    }

    @Override
    public void gaveUp(AnalysisJob job, FailedAttempt last, int failures) {
        handler.gaveUp(job, last, failures);
    }

    /**
     * Counts an announcement; other events are passed over. An audit that found a run damaged is counted in
     * {@code thetascope_analyzer_unsound_audits_total} too.
     */
    public static void announced(Event event, MeterRegistry meters) {
        if (event instanceof AnalysisCompleted ending) {
            JsonNode result = ending.result();
            if (ending.request().kind() == AnalysisKind.INTEGRITY
                    && result != null
                    && !result.path("sound").asBoolean(true)) {
                unsound(meters).increment();
            }
            meters.counter(
                            "thetascope.analyzer.analyses",
                            "kind",
                            word(ending.request().kind()),
                            "outcome",
                            word(ending.outcome()))
                    .increment();
        }
    }

    private static Counter unsound(MeterRegistry meters) {
        return meters.counter("thetascope.analyzer.unsound.audits");
    }

    private static String word(AnalysisKind kind) {
        return Json.tree(kind).asText();
    }

    private static String word(AnalysisOutcome outcome) {
        return Json.tree(outcome).asText();
    }
}
