package io.thetascope.contracts.event;

import io.thetascope.contracts.analysis.AnalysisRequest;
import io.thetascope.contracts.identity.AnalysisId;
import java.util.List;

/**
 * Measure this.
 *
 * @param analysisId computed from the request
 * @param request what to measure over what
 */
public record AnalysisJob(AnalysisId analysisId, AnalysisRequest request) implements Event {
    @Override
    public Topic topic() {
        return Topic.ANALYSIS_JOBS;
    }

    @Override
    public String key() {
        return analysisId.value();
    }

    @Override
    public List<Object> distinction() {
        return List.of();
    }
}
