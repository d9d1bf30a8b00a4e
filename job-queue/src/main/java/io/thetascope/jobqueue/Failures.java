package io.thetascope.jobqueue;

import io.thetascope.artifacts.FailedAttempt;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The failed attempts of a job that are on record.
 *
 * @param attempts in any order
 */
record Failures(List<FailedAttempt> attempts) {
    Failures {
        attempts = List.copyOf(attempts);
    }

    /** Counts those since the job was last given up, at the progress that there is now or a later one. */
    int withoutProgress(long progress) {
        long gaveUpAt = lastGivenUp();
        return (int) attempts.stream()
                .filter(f -> offset(f) > gaveUpAt && f.step() >= progress)
                .count();
    }

    /** Whether the job was given up with this record or a later one. */
    boolean gaveUpSince(long offset) {
        return lastGivenUp() >= offset;
    }

    boolean contains(AttemptPlace place) {
        return attempts.stream().anyMatch(f -> AttemptPlace.of(f.attempt()).equals(place));
    }

    Optional<FailedAttempt> latest() {
        return attempts.stream().max(Comparator.comparing(FailedAttempt::failedAt));
    }

    private long lastGivenUp() {
        return attempts.stream()
                .filter(FailedAttempt::gaveUp)
                .mapToLong(Failures::offset)
                .max()
                .orElse(Delivery.NO_OFFSET);
    }

    private static long offset(FailedAttempt failure) {
        return AttemptPlace.of(failure.attempt()).offset();
    }
}
