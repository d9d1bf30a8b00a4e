package io.thetascope.contracts.event;

import com.fasterxml.jackson.databind.JsonNode;
import io.thetascope.contracts.analysis.AnalysisOutcome;
import io.thetascope.contracts.analysis.AnalysisRequest;
import io.thetascope.contracts.analysis.InputRead;
import io.thetascope.contracts.identity.AnalysisId;
import io.thetascope.contracts.identity.Attempt;
import io.thetascope.contracts.run.ArtifactRef;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An analysis ended.
 *
 * @param analysisId the analysis
 * @param attempt that ended it; {@code start} where there was nothing to attempt
 * @param request what was asked for
 * @param outcome measured, refused or failed
 * @param reason why, for all but measured
 * @param read the digests of what was read
 * @param result the numbers, the record that belongs to the kind
 * @param artifact results too large for an event
 * @param completedAt when
 */
public record AnalysisCompleted(
        AnalysisId analysisId,
        Attempt attempt,
        AnalysisRequest request,
        AnalysisOutcome outcome,
        @Nullable String reason,
        List<InputRead> read,
        @Nullable JsonNode result,
        @Nullable ArtifactRef artifact,
        Instant completedAt)
        implements Event {
    @Override
    public Topic topic() {
        return Topic.ANALYSES;
    }

    @Override
    public String key() {
        return analysisId.value();
    }

    @Override
    public List<Object> distinction() {
        return List.of(attempt, outcome);
    }
}
