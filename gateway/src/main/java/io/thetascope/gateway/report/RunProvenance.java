package io.thetascope.gateway.report;

import io.thetascope.contracts.identity.Attempt;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.run.Environment;
import io.thetascope.contracts.run.StoredCheckpoint;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
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
 * @param earlierEnvironments where earlier parts were computed that round otherwise; such a run is not covered by the
 *     promise of equal bits
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
        List<Environment> earlierEnvironments,
        List<StoredCheckpoint> checkpoints) {
    /** So a GPU is named in an environment. */
    private static final String GPU = "cuda";

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
                history.earlierEnvironments(),
                history.checkpoints());
    }

    /** Whether a part of it was computed on a GPU. */
    boolean onGpu() {
        return Stream.concat(Stream.ofNullable(environment), earlierEnvironments.stream())
                .anyMatch(where -> where.device().startsWith(GPU));
    }
}
