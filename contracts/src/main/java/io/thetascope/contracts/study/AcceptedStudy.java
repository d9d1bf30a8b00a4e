package io.thetascope.contracts.study;

import io.thetascope.contracts.analysis.AnalysisRequest;
import io.thetascope.contracts.identity.StudyId;
import java.util.List;

/**
 * A study as it was accepted, fully resolved ({@code studies/{id}.json}); never changed afterwards.
 *
 * @param studyId hash of what was resolved, names left out
 * @param spec as asked for, completed with the defaults
 * @param datasets where the images came from
 * @param runs every run wanted, parents before their children
 * @param analyses every analysis wanted, those of single runs before those across runs
 */
public record AcceptedStudy(
        StudyId studyId,
        StudySpec spec,
        List<DatasetSource> datasets,
        List<PlannedRun> runs,
        List<AnalysisRequest> analyses) {
    public AcceptedStudy {
        datasets = List.copyOf(datasets);
        runs = List.copyOf(runs);
        analyses = List.copyOf(analyses);
    }
}
