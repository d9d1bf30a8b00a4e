package io.thetascope.gateway.planning;

import io.thetascope.contracts.analysis.AnalysisInput;
import io.thetascope.contracts.analysis.AnalysisKind;
import io.thetascope.contracts.analysis.AnalysisRequest;
import io.thetascope.contracts.identity.Step;
import io.thetascope.contracts.run.RunSpec;
import io.thetascope.contracts.study.PlannedRun;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What is measured of retrainings beyond where they end: their way, what was done to the function, and what lies between (MEASURES §5). */
public final class Retrainings {
    private Retrainings() {}

    /**
     * The path of every retraining; what every perturbation does to the function; and the barrier from the parent to each child
     * and to the same-seed twin, and from that twin to the others, where the network is not too large.
     */
    static List<AnalysisRequest> of(Family family, RunCosts costs) {
        RunSpec parent = family.parent().spec();
        List<AnalysisRequest> requests = new ArrayList<>();
        family.descendants().forEach(run -> requests.add(path(parent, run.spec())));
        family.children().forEach(child -> requests.add(symmetry(parent, child.spec())));
        if (PairAnalyses.smallEnough(parent, costs)) {
            Stream.concat(family.children().stream(), family.sameSeedTwin().stream())
                    .forEach(run -> requests.add(PairAnalyses.ofEnds(AnalysisKind.BARRIER, parent, run.spec())));
            family.sameSeedTwin()
                    .map(PlannedRun::spec)
                    .ifPresent(same -> family.newSeedTwins()
                            .forEach(other ->
                                    requests.add(PairAnalyses.ofEnds(AnalysisKind.BARRIER, same, other.spec()))));
        }
        return requests;
    }

    /** Returns how far a retraining is from its parent and from its start, at every checkpoint. */
    public static AnalysisRequest path(RunSpec parent, RunSpec run) {
        List<AnalysisInput> inputs = new ArrayList<>();
        inputs.add(PairAnalyses.end(AnalysisInput.LEFT, parent));
        run.schedule()
                .checkpointSteps()
                .forEach(step -> inputs.add(AnalysisInput.of(AnalysisInput.AT, run.id(), step)));
        return new AnalysisRequest(AnalysisKind.PATH, AnalysisKind.PATH.version(), inputs, null);
    }

    /** Returns what a perturbation does to the function of its parent, and what the symmetries of the network say. */
    public static AnalysisRequest symmetry(RunSpec parent, RunSpec child) {
        return new AnalysisRequest(
                AnalysisKind.SYMMETRY,
                AnalysisKind.SYMMETRY.version(),
                List.of(
                        PairAnalyses.end(AnalysisInput.LEFT, parent),
                        new AnalysisInput(AnalysisInput.PERTURBED, child.id(), Step.START)),
                PairAnalyses.probe(parent, child));
    }
}
