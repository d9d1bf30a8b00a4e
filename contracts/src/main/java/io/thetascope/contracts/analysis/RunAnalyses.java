package io.thetascope.contracts.analysis;

import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.identity.Step;
import io.thetascope.contracts.run.RunSpec;
import java.util.ArrayList;
import java.util.List;

/** The analyses of a single run, derived from its spec alone: the planner counts them, the analyzer starts them. */
public final class RunAnalyses {
    /** The version of {@link AnalysisKind#MOVEMENT}; 2 says why parameters did not change. */
    public static final int MOVEMENT_VERSION = 2;

    /** The version of {@link AnalysisKind#FEATURES}. */
    public static final int FEATURES_VERSION = 1;

    private RunAnalyses() {}

    /** Returns movement between consecutive checkpoints and features at every checkpoint, ascending by step. */
    public static List<AnalysisRequest> of(RunSpec spec) {
        RunId run = spec.id();
        List<AnalysisRequest> requests = new ArrayList<>();
        Step from = Step.START;
        for (Step step : spec.schedule().checkpointSteps()) {
            if (!step.equals(Step.START)) {
                requests.add(movement(run, from, step));
            }
            requests.add(features(run, step, spec));
            from = step;
        }
        return List.copyOf(requests);
    }

    private static AnalysisRequest movement(RunId run, Step from, Step to) {
        return new AnalysisRequest(
                AnalysisKind.MOVEMENT,
                MOVEMENT_VERSION,
                List.of(
                        new AnalysisInput(AnalysisInput.START, run, Step.START),
                        new AnalysisInput(AnalysisInput.FROM, run, from),
                        new AnalysisInput(AnalysisInput.TO, run, to)),
                null);
    }

    private static AnalysisRequest features(RunId run, Step step, RunSpec spec) {
        return new AnalysisRequest(
                AnalysisKind.FEATURES,
                FEATURES_VERSION,
                List.of(new AnalysisInput(AnalysisInput.AT, run, step)),
                ProbeSet.of(spec.dataset().digest(), spec.dataset().test()));
    }
}
