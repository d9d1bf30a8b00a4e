package io.thetascope.gateway.reading;

import io.thetascope.contracts.identity.StudyId;
import io.thetascope.gateway.projection.StudyState;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A study as the API shows it.
 *
 * @param studyId its id
 * @param name the user's label
 * @param state running, completed or cancelled
 * @param revision 1, one more at each reopening
 * @param runs planned, and how many are in each state
 * @param analyses planned, and how many ended in each way
 * @param progress 0–1
 * @param etaSeconds estimate of what is left; absent when unknown or cancelled
 * @param acceptedAt when it was accepted or reopened
 * @param completedAt when everything was terminal
 */
public record StudyView(
        StudyId studyId,
        String name,
        StudyState state,
        long revision,
        Map<String, Long> runs,
        Map<String, Long> analyses,
        double progress,
        @Nullable Long etaSeconds,
        Instant acceptedAt,
        @Nullable Instant completedAt) {}
