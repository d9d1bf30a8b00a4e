package io.thetascope.gateway.report;

import io.thetascope.contracts.analysis.IntegrityResult;
import io.thetascope.contracts.analysis.LazinessResult;
import io.thetascope.contracts.analysis.OrderResult;
import io.thetascope.contracts.analysis.RetrainingPathResult;
import io.thetascope.contracts.analysis.SymmetryResult;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.study.AcceptedStudy;
import io.thetascope.gateway.damage.Damage;
import java.util.LinkedHashMap;
import java.util.Map;

/** What is measured once for a whole run; a run without a measure is missing there. */
final class WholeRuns {
    private final Map<RunId, OrderResult> order = new LinkedHashMap<>();
    private final Map<RunId, LazinessResult> laziness = new LinkedHashMap<>();
    private final Map<RunId, IntegrityResult> audits = new LinkedHashMap<>();
    private final Map<RunId, RetrainingPathResult> paths = new LinkedHashMap<>();
    private final Map<RunId, SymmetryResult> symmetries = new LinkedHashMap<>();
    private final Damage damage;

    WholeRuns(Damage damage) {
        this.damage = damage;
    }

    void order(RunId run, OrderResult result) {
        order.put(run, result);
    }

    void laziness(RunId run, LazinessResult result) {
        laziness.put(run, result);
    }

    void audit(RunId run, IntegrityResult result) {
        audits.put(run, result);
    }

    void path(RunId run, RetrainingPathResult result) {
        paths.put(run, result);
    }

    void symmetry(RunId run, SymmetryResult result) {
        symmetries.put(run, result);
    }

    Map<RunId, OrderResult> order() {
        return order;
    }

    Map<RunId, LazinessResult> laziness() {
        return laziness;
    }

    Map<RunId, RetrainingPathResult> paths() {
        return paths;
    }

    Map<RunId, SymmetryResult> symmetries() {
        return symmetries;
    }

    RunIntegrity integrityOf(RunId run) {
        return RunIntegrity.of(audits.get(run), damage.of(run));
    }

    Map<RunId, RunIntegrity> integrity(AcceptedStudy study) {
        Map<RunId, RunIntegrity> byRun = new LinkedHashMap<>();
        study.runs().forEach(run -> byRun.put(run.runId(), integrityOf(run.runId())));
        return byRun;
    }
}
