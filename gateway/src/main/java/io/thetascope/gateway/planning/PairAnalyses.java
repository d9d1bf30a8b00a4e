package io.thetascope.gateway.planning;

import io.thetascope.contracts.analysis.AnalysisInput;
import io.thetascope.contracts.analysis.AnalysisKind;
import io.thetascope.contracts.analysis.AnalysisRequest;
import io.thetascope.contracts.analysis.ProbeSet;
import io.thetascope.contracts.run.RunSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * What can be measured across two runs of one network and data set. The lower id is on the left, so that a pair is the same
 * analysis in whatever order it is named.
 *
 * @param left the run of the lower id
 * @param right the other
 */
public record PairAnalyses(RunSpec left, RunSpec right) {
    /** Above so many parameters an alignment or a barrier is not planned, only measured when somebody asks for it. */
    public static final long MOST_ALIGNED_PARAMETERS = 50_000_000;

    /** Returns the analyses of two runs, named in any order. */
    public static PairAnalyses of(RunSpec one, RunSpec other) {
        return one.id().compareTo(other.id()) <= 0 ? new PairAnalyses(one, other) : new PairAnalyses(other, one);
    }

    /** Whether the two have the same network, input and data set. */
    public boolean comparable() {
        return sameNetwork() && sameDataset();
    }

    /** Whether the two have the same parameters. */
    public boolean sameNetwork() {
        return left.network().equals(right.network()) && left.input().equals(right.input());
    }

    /** Whether the two see images of the same data set. */
    public boolean sameDataset() {
        return left.dataset().digest().equals(right.dataset().digest());
    }

    /** Whether alignments and barriers of a run's network are planned without being asked for. */
    static boolean smallEnough(RunSpec run, RunCosts costs) {
        return costs.of(RunCosts.Subject.of(run)).parameters() <= MOST_ALIGNED_PARAMETERS;
    }

    /** Whether both have their checkpoints at the same epochs, counted in fractions. */
    public boolean sameEpochs() {
        return epochs(left).equals(epochs(right));
    }

    private static List<Double> epochs(RunSpec run) {
        double perEpoch = run.schedule().stepsPerEpoch();
        return run.schedule().checkpointSteps().stream()
                .map(step -> step.value() / perEpoch)
                .toList();
    }

    /** Returns the comparison of their ends. */
    public AnalysisRequest pair() {
        return ofEnds(AnalysisKind.PAIR, left, right);
    }

    /** Returns whether they learned in the same order, from every checkpoint of both. */
    public AnalysisRequest orderAgreement() {
        List<AnalysisInput> inputs = new ArrayList<>();
        inputs.addAll(all(AnalysisInput.LEFT, left));
        inputs.addAll(all(AnalysisInput.RIGHT, right));
        return new AnalysisRequest(
                AnalysisKind.ORDER_AGREEMENT, AnalysisKind.ORDER_AGREEMENT.version(), inputs, probe(left, right));
    }

    /** Returns how far their ends are apart once the symmetries of their network are taken out; weights alone are read. */
    public AnalysisRequest alignment() {
        return new AnalysisRequest(
                AnalysisKind.ALIGNMENT,
                AnalysisKind.ALIGNMENT.version(),
                List.of(end(AnalysisInput.LEFT, left), end(AnalysisInput.RIGHT, right)),
                null);
    }

    private static List<AnalysisInput> all(String side, RunSpec run) {
        return run.schedule().checkpointSteps().stream()
                .map(step -> AnalysisInput.of(side, run.id(), step))
                .toList();
    }

    static AnalysisRequest ofEnds(AnalysisKind kind, RunSpec left, RunSpec right) {
        return new AnalysisRequest(
                kind,
                kind.version(),
                List.of(end(AnalysisInput.LEFT, left), end(AnalysisInput.RIGHT, right)),
                probe(left, right));
    }

    static AnalysisInput end(String name, RunSpec run) {
        return new AnalysisInput(name, run.id(), run.schedule().lastStep());
    }

    /** The images that both are tested on. */
    static ProbeSet probe(RunSpec left, RunSpec right) {
        return ProbeSet.of(
                left.dataset().digest(),
                Math.min(left.dataset().test(), right.dataset().test()));
    }
}
