package io.thetascope.gateway.planning;

import io.thetascope.contracts.analysis.AnalysisInput;
import io.thetascope.contracts.analysis.AnalysisKind;
import io.thetascope.contracts.analysis.AnalysisRequest;
import io.thetascope.contracts.identity.Step;
import io.thetascope.contracts.study.PlannedRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Which models of a study are held against each other (MEASURES §3 and §5). */
final class Comparisons {
    private Comparisons() {}

    /** Compares within a family: perturbation, twin, effect and null; then how each retraining went. */
    static List<AnalysisRequest> within(Family family, RunCosts costs) {
        List<AnalysisRequest> requests = compared(family);
        requests.addAll(Retrainings.of(family, costs));
        return requests;
    }

    private static List<AnalysisRequest> compared(Family family) {
        List<AnalysisRequest> requests = new ArrayList<>();
        family.children().forEach(child -> requests.add(perturbation(family, child)));
        family.twins().forEach(twin -> requests.add(ends(AnalysisKind.TWIN, family.parent(), twin)));
        family.sameSeedTwin().ifPresent(same -> {
            family.children().forEach(child -> requests.add(ends(AnalysisKind.EFFECT, same, child)));
            family.newSeedTwins().forEach(other -> requests.add(ends(AnalysisKind.NULL, same, other)));
        });
        return requests;
    }

    private static AnalysisRequest ends(AnalysisKind kind, PlannedRun left, PlannedRun right) {
        return PairAnalyses.ofEnds(kind, left.spec(), right.spec());
    }

    private static AnalysisRequest perturbation(Family family, PlannedRun child) {
        List<AnalysisInput> inputs = new ArrayList<>();
        inputs.add(PairAnalyses.end(AnalysisInput.LEFT, family.parent().spec()));
        inputs.add(new AnalysisInput(AnalysisInput.PERTURBED, child.runId(), Step.START));
        inputs.add(PairAnalyses.end(AnalysisInput.RIGHT, child.spec()));
        family.sameSeedTwin().ifPresent(twin -> inputs.add(PairAnalyses.end(AnalysisInput.TWIN, twin.spec())));
        return new AnalysisRequest(
                AnalysisKind.PERTURBATION,
                AnalysisKind.PERTURBATION.version(),
                inputs,
                PairAnalyses.probe(family.parent().spec(), child.spec()));
    }

    /** Compares every two final models that have the same network and data set. */
    static List<AnalysisRequest> pairs(List<PlannedRun> runs) {
        return comparable(runs).map(PairAnalyses::pair).toList();
    }

    /**
     * Compares every two runs that have the same network and data set beyond the features of their ends: in which order they
     * learned, where their checkpoints lie at the same epochs, and how far they are apart without the symmetries of their
     * network, where that is not too large.
     */
    static List<AnalysisRequest> beyondPairs(List<PlannedRun> runs, RunCosts costs) {
        return comparable(runs)
                .flatMap(two -> Stream.of(
                                Optional.of(two.orderAgreement()).filter(r -> two.sameEpochs()),
                                Optional.of(two.alignment()).filter(r -> PairAnalyses.smallEnough(two.left(), costs)))
                        .flatMap(Optional::stream))
                .toList();
    }

    private static Stream<PairAnalyses> comparable(List<PlannedRun> runs) {
        return IntStream.range(0, runs.size())
                .boxed()
                .flatMap(i -> runs.subList(i + 1, runs.size()).stream()
                        .map(other -> PairAnalyses.of(runs.get(i).spec(), other.spec())))
                .filter(PairAnalyses::comparable);
    }
}
