package io.thetascope.gateway.report;

import io.thetascope.contracts.identity.Attempt;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.run.Environment;
import io.thetascope.contracts.run.StoredCheckpoint;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a run was made.
 *
 * @param runId the run
 * @param attempt the latest acquisition
 * @param startedAt of that attempt
 * @param finishedAt when the run ended
 * @param imagesPerSecond trained, mean over the epochs
 * @param fingerprint what decides the rounding; equal fingerprints give equal bits
 * @param environment the whole of it
 * @param checkpoints with their digests, ascending by step
 */
public record RunProvenance(
        RunId runId,
        @Nullable Attempt attempt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable Double imagesPerSecond,
        @Nullable String fingerprint,
        @Nullable Environment environment,
        List<StoredCheckpoint> checkpoints) {
    static RunProvenance of(RunHistory history) {
        Environment environment = history.environment();
        return new RunProvenance(
                history.runId(),
                history.attempt(),
                history.startedAt(),
                history.finishedAt(),
                history.imagesPerSecond(),
                environment == null ? null : environment.fingerprint(),
                environment,
                history.checkpoints());
    }
}
