package io.thetascope.gateway.report;

import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.run.EpochFigures;
import io.thetascope.contracts.study.PlannedRun;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The histories of a study's runs in the study's order; runs that others asked for are left out. */
record Histories(Map<RunId, RunHistory> byRun) {
    static Histories of(ReportData data) {
        Map<RunId, RunHistory> byRun = new LinkedHashMap<>();
        for (PlannedRun planned : data.study().runs()) {
            byRun.put(planned.runId(), RunHistory.unheard(planned.runId()));
        }
        data.runs().forEach(history -> byRun.computeIfPresent(history.runId(), (id, unheard) -> history));
        return new Histories(byRun);
    }

    RunHistory of(RunId run) {
        RunHistory history = byRun.get(run);
        return history == null ? RunHistory.unheard(run) : history;
    }

    Map<RunId, List<EpochFigures>> epochs() {
        Map<RunId, List<EpochFigures>> epochs = new LinkedHashMap<>();
        byRun.forEach((run, history) -> epochs.put(run, history.epochs()));
        return epochs;
    }

    List<RunHistory> all() {
        return List.copyOf(byRun.values());
    }
}
