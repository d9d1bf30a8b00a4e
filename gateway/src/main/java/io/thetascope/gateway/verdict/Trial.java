package io.thetascope.gateway.verdict;

import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.study.RunRole;
import org.jspecify.annotations.Nullable;

/**
 * A run as a rule sees it.
 *
 * @param runId the run
 * @param role in the study
 * @param factors what it is made of
 * @param worth whether it reaches the gate
 * @param figures what was measured of it
 * @param retrained where it ended; absent unless it is a perturbed run
 */
public record Trial(
        RunId runId,
        RunRole role,
        Factors factors,
        Worth worth,
        Figures figures,
        @Nullable Retrained retrained) {}
