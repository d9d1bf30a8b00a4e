package io.thetascope.gateway.reading;

import io.thetascope.contracts.identity.AnalysisId;
import io.thetascope.contracts.identity.Step;

/**
 * An analysis that was measured, but reads a damaged checkpoint.
 *
 * @param analysisId which
 * @param step that it is about
 * @param outcome always withheld
 * @param reason which checkpoint, and what was found
 */
public record Withheld(AnalysisId analysisId, Step step, String outcome, String reason) {}
