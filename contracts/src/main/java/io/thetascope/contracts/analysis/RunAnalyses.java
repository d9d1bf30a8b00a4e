package io.thetascope.contracts.analysis;

import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.identity.Step;
import io.thetascope.contracts.run.RunSpec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The analyses of a single run, derived from its spec alone: the planner counts them, the analyzer starts them. What the
 * program knows how to ask of a run besides these is asked for by name ({@code POST /runs/{id}/analyses}).
 */
public final class RunAnalyses {
    private RunAnalyses() {}

    /**
     * Returns what is measured of every run: movement between consecutive checkpoints and features at every checkpoint,
     * ascending by step, then the order of learning, the laziness of a run of generation 0, and the integrity of the whole.
     */
    public static List<AnalysisRequest> of(RunSpec spec) {
        List<AnalysisRequest> requests = new ArrayList<>();
        List<AnalysisRequest> movements = movement(spec);
        List<AnalysisRequest> features = features(spec);
        for (int i = 0; i < features.size(); i++) {
            if (i > 0) {
                requests.add(movements.get(i - 1));
            }
            requests.add(features.get(i));
        }
        requests.add(order(spec));
        if (spec.origin() == null) {
            requests.add(laziness(spec));
        }
        requests.add(integrity(spec));
        return List.copyOf(requests);
    }

    /** Returns the movement between every two consecutive checkpoints. */
    public static List<AnalysisRequest> movement(RunSpec spec) {
        RunId run = spec.id();
        List<Step> steps = spec.schedule().checkpointSteps();
        List<AnalysisRequest> requests = new ArrayList<>();
        for (int to = 1; to < steps.size(); to++) {
            List<AnalysisInput> inputs = new ArrayList<>();
            inputs.add(new AnalysisInput(AnalysisInput.START, run, Step.START));
            if (to > 1) {
                inputs.add(new AnalysisInput(AnalysisInput.BEFORE, run, steps.get(to - 2)));
            }
            inputs.add(new AnalysisInput(AnalysisInput.FROM, run, steps.get(to - 1)));
            inputs.add(new AnalysisInput(AnalysisInput.TO, run, steps.get(to)));
            requests.add(request(AnalysisKind.MOVEMENT, inputs, null));
        }
        return List.copyOf(requests);
    }

    /** Returns the features at every checkpoint. */
    public static List<AnalysisRequest> features(RunSpec spec) {
        return spec.schedule().checkpointSteps().stream()
                .map(step -> features(spec, step))
                .toList();
    }

    /** Returns the features at one checkpoint, on the probe set of the run. */
    public static AnalysisRequest features(RunSpec spec, Step step) {
        return request(
                AnalysisKind.FEATURES,
                List.of(new AnalysisInput(AnalysisInput.AT, spec.id(), step)),
                ProbeSet.of(spec.dataset().digest(), spec.dataset().test()));
    }

    /** Returns the order of learning over all checkpoints, on the probe set of the run. */
    public static AnalysisRequest order(RunSpec spec) {
        return request(
                AnalysisKind.ORDER,
                spec.schedule().checkpointSteps().stream()
                        .map(step -> AnalysisInput.of(AnalysisInput.AT, spec.id(), step))
                        .toList(),
                ProbeSet.of(spec.dataset().digest(), spec.dataset().test()));
    }

    /** Returns the laziness of the whole training, on the probe set of the run. */
    public static AnalysisRequest laziness(RunSpec spec) {
        return request(
                AnalysisKind.LAZINESS,
                List.of(
                        new AnalysisInput(AnalysisInput.START, spec.id(), Step.START),
                        new AnalysisInput(
                                AnalysisInput.TO, spec.id(), spec.schedule().lastStep())),
                ProbeSet.of(spec.dataset().digest(), spec.dataset().test()));
    }

    /** Returns the audit of every checkpoint that the result of the run names; the request names the last one alone. */
    public static AnalysisRequest integrity(RunSpec spec) {
        return request(
                AnalysisKind.INTEGRITY,
                List.of(new AnalysisInput(
                        AnalysisInput.TO, spec.id(), spec.schedule().lastStep())),
                null);
    }

    private static AnalysisRequest request(AnalysisKind kind, List<AnalysisInput> inputs, @Nullable ProbeSet probe) {
        return new AnalysisRequest(kind, kind.version(), inputs, probe);
    }
}
