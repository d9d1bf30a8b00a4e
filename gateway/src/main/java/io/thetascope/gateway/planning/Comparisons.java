package io.thetascope.gateway.planning;

import io.thetascope.contracts.analysis.AnalysisInput;
import io.thetascope.contracts.analysis.AnalysisKind;
import io.thetascope.contracts.analysis.AnalysisRequest;
import io.thetascope.contracts.identity.Step;
import io.thetascope.contracts.run.RunSpec;
import io.thetascope.contracts.study.PlannedRun;
import java.util.ArrayList;
import java.util.List;

/** Which models of a study are held against each other (MEASURES §3 and §5). */
final class Comparisons {
    private Comparisons() {}

    /** Compares within a family: perturbation, twin, effect and null. */
    static List<AnalysisRequest> within(Family family) {
        List<AnalysisRequest> requests = new ArrayList<>();
        AnalysisInput trained = end(AnalysisInput.LEFT, family.parent());
        family.children().forEach(child -> requests.add(perturbation(family, child)));
        family.twins()
                .forEach(twin ->
                        requests.add(request(AnalysisKind.TWIN, List.of(trained, end(AnalysisInput.RIGHT, twin)))));
        family.sameSeedTwin().ifPresent(same -> {
            AnalysisInput left = end(AnalysisInput.LEFT, same);
            family.children()
                    .forEach(child ->
                            requests.add(request(AnalysisKind.EFFECT, List.of(left, end(AnalysisInput.RIGHT, child)))));
            family.newSeedTwins()
                    .forEach(other ->
                            requests.add(request(AnalysisKind.NULL, List.of(left, end(AnalysisInput.RIGHT, other)))));
        });
        return requests;
    }

    private static AnalysisRequest perturbation(Family family, PlannedRun child) {
        List<AnalysisInput> inputs = new ArrayList<>();
        inputs.add(end(AnalysisInput.LEFT, family.parent()));
        inputs.add(new AnalysisInput(AnalysisInput.PERTURBED, child.runId(), Step.START));
        inputs.add(end(AnalysisInput.RIGHT, child));
        family.sameSeedTwin().ifPresent(twin -> inputs.add(end(AnalysisInput.TWIN, twin)));
        return request(AnalysisKind.PERTURBATION, inputs);
    }

    /** Compares every two final models that have the same network and data set. */
    static List<AnalysisRequest> pairs(List<PlannedRun> runs) {
        List<AnalysisRequest> requests = new ArrayList<>();
        for (int i = 0; i < runs.size(); i++) {
            for (int j = i + 1; j < runs.size(); j++) {
                if (comparable(runs.get(i).spec(), runs.get(j).spec())) {
                    requests.add(pair(runs.get(i), runs.get(j)));
                }
            }
        }
        return requests;
    }

    /** The lower id is on the left, so that a pair is the same analysis in whatever order a study names its factors. */
    private static AnalysisRequest pair(PlannedRun one, PlannedRun other) {
        boolean ordered = one.runId().compareTo(other.runId()) <= 0;
        return request(
                AnalysisKind.PAIR,
                List.of(
                        end(AnalysisInput.LEFT, ordered ? one : other),
                        end(AnalysisInput.RIGHT, ordered ? other : one)));
    }

    private static boolean comparable(RunSpec left, RunSpec right) {
        return left.network().equals(right.network())
                && left.input().equals(right.input())
                && left.dataset().digest().equals(right.dataset().digest());
    }

    private static AnalysisInput end(String name, PlannedRun run) {
        return new AnalysisInput(name, run.runId(), run.spec().schedule().lastStep());
    }

    private static AnalysisRequest request(AnalysisKind kind, List<AnalysisInput> inputs) {
        return new AnalysisRequest(kind, kind.version(), inputs, null);
    }
}
