package io.thetascope.analyzer.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.thetascope.artifacts.FailedAttempt;
import io.thetascope.contracts.analysis.AnalysisInput;
import io.thetascope.contracts.analysis.AnalysisKind;
import io.thetascope.contracts.analysis.AnalysisOutcome;
import io.thetascope.contracts.analysis.AnalysisRequest;
import io.thetascope.contracts.analysis.IntegrityResult;
import io.thetascope.contracts.event.AnalysisCompleted;
import io.thetascope.contracts.event.AnalysisJob;
import io.thetascope.contracts.identity.Attempt;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.identity.Step;
import io.thetascope.contracts.json.Json;
import io.thetascope.jobqueue.JobEnding;
import io.thetascope.jobqueue.JobHandler;
import io.thetascope.jobqueue.Lease;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TimedAnalysesTest {
    private static final RunId RUN = new RunId("r" + "0".repeat(20));

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Queue<RuntimeException> failures = new ArrayDeque<>();
    private final TimedAnalyses analyses = new TimedAnalyses(new Handler(), meters);

    /** Is done, or fails. */
    private final class Handler implements JobHandler<AnalysisJob> {
        @Override
        public JobEnding run(AnalysisJob job, Attempt attempt, Lease lease) {
            RuntimeException failure = failures.poll();
            if (failure != null) {
                throw failure;
            }
            return new JobEnding.Done();
        }

        @Override
        public long progress(AnalysisJob job) {
            return 3;
        }

        @Override
        public void gaveUp(AnalysisJob job, FailedAttempt last, int failures) {
            throw new AssertionError("not asked for");
        }
    }

    @Test
    void timesJobsThatCameToAnEndByKind() throws Exception {
        AnalysisJob job = job(AnalysisKind.FEATURES);
        Lease lease = new Lease(() -> 0, Duration.ofSeconds(30), 0);
        assertThat(analyses.run(job, Attempt.of(1, 1), lease)).isEqualTo(new JobEnding.Done());
        failures.add(new IllegalStateException("the store is away"));
        assertThatThrownBy(() -> analyses.run(job, Attempt.of(2, 1), lease)).isInstanceOf(IllegalStateException.class);

        assertThat(meters.get("thetascope.analyzer.job")
                        .tag("kind", "features")
                        .timer()
                        .count())
                .isEqualTo(1);
        assertThat(analyses.progress(job)).isEqualTo(3);
    }

    @Test
    void countsAnnouncementsByKindAndOutcomeAndDamageApart() {
        announce(AnalysisKind.FEATURES, AnalysisOutcome.REFUSED, null);
        announce(AnalysisKind.INTEGRITY, AnalysisOutcome.MEASURED, new IntegrityResult(true, 1, List.of(), List.of()));
        assertThat(unsound()).isZero();
        announce(AnalysisKind.INTEGRITY, AnalysisOutcome.MEASURED, new IntegrityResult(false, 1, List.of(), List.of()));

        assertThat(unsound()).isEqualTo(1);
        assertThat(announced("features", "refused")).isEqualTo(1);
        assertThat(announced("integrity", "measured")).isEqualTo(2);
    }

    private void announce(AnalysisKind kind, AnalysisOutcome outcome, @Nullable IntegrityResult result) {
        AnalysisJob job = job(kind);
        TimedAnalyses.announced(
                new AnalysisCompleted(
                        job.analysisId(),
                        Attempt.of(1, 1),
                        job.request(),
                        outcome,
                        null,
                        List.of(),
                        result == null ? null : Json.tree(result),
                        null,
                        Instant.EPOCH),
                meters);
    }

    private double unsound() {
        return meters.get("thetascope.analyzer.unsound.audits").counter().count();
    }

    private double announced(String kind, String outcome) {
        return meters.get("thetascope.analyzer.analyses")
                .tag("kind", kind)
                .tag("outcome", outcome)
                .counter()
                .count();
    }

    private static AnalysisJob job(AnalysisKind kind) {
        AnalysisRequest request =
                new AnalysisRequest(kind, 1, List.of(new AnalysisInput(AnalysisInput.AT, RUN, Step.START)), null);
        return new AnalysisJob(request.id(), request);
    }
}
