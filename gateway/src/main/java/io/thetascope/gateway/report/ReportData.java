package io.thetascope.gateway.report;

import io.thetascope.contracts.event.AnalysisCompleted;
import io.thetascope.contracts.study.AcceptedStudy;
import io.thetascope.gateway.damage.Damage;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everything a report is made from. Orders do not matter: a report follows the order of the accepted study.
 *
 * @param study as accepted
 * @param state running, completed or cancelled
 * @param acceptedAt when it was accepted
 * @param completedAt when everything planned was terminal; absent while it is not
 * @param runs what is known of each planned run; one that is left out counts as waiting
 * @param analyses those of the study that ended, at most one for each analysis
 * @param damage what of its runs cannot be trusted; no number of it is reported
 * @param softwareVersion of the gateway
 */
public record ReportData(
        AcceptedStudy study,
        String state,
        Instant acceptedAt,
        @Nullable Instant completedAt,
        List<RunHistory> runs,
        List<AnalysisCompleted> analyses,
        Damage damage,
        String softwareVersion) {
    private static final Set<String> STATES = Set.of("running", "completed", "cancelled");

    public ReportData {
        if (!STATES.contains(state)) {
            throw new IllegalArgumentException("a study is one of " + STATES + ": " + state);
        }
        runs = List.copyOf(runs);
        analyses = List.copyOf(analyses);
    }
}
