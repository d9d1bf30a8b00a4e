package io.thetascope.gateway.planning;

import io.thetascope.contracts.analysis.AnalysisInput;
import io.thetascope.contracts.analysis.AnalysisKind;
import io.thetascope.contracts.analysis.AnalysisRequest;
import io.thetascope.contracts.identity.Step;
import io.thetascope.contracts.run.RunSpec;
import io.thetascope.contracts.run.Twin;
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
                    .forEach(run -> requests.add(barrier(parent, run.spec())));
            family.sameSeedTwin()
                    .map(PlannedRun::spec)
                    .ifPresent(same ->
                            family.newSeedTwins().forEach(other -> requests.add(barrier(same, other.spec()))));
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

    /**
     * Returns what lies between the ends of two runs, named in any order: a parent is on the left, else a same-seed twin, else
     * the lower id, so that it is the same analysis as the one that a study plans.
     */
    public static AnalysisRequest barrier(RunSpec one, RunSpec other) {
        return isLeft(one, other)
                ? PairAnalyses.ofEnds(AnalysisKind.BARRIER, one, other)
                : PairAnalyses.ofEnds(AnalysisKind.BARRIER, other, one);
    }

    private static boolean isLeft(RunSpec one, RunSpec other) {
        int ranks = Integer.compare(rank(one, other), rank(other, one));
        return ranks == 0 ? one.id().compareTo(other.id()) <= 0 : ranks < 0;
    }

    private static int rank(RunSpec run, RunSpec other) {
        if (other.origin() != null && other.origin().parent().equals(run.id())) {
            return 0;
        }
        Twin twin = run.origin() == null ? null : run.origin().twin();
        return twin != null && twin.kind().equals(Twin.SAME_SEED) ? 1 : 2;
    }
}
