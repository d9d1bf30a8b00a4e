package io.thetascope.gateway.planning;

import io.thetascope.contracts.identity.Digest;
import io.thetascope.contracts.run.RunSpec;
import io.thetascope.gateway.request.Problem;
import java.util.List;

/**
 * Pretrained weights that nobody uploaded yet. A dry run counts such runs under a digest that no file has; a study with
 * one of them is never accepted.
 */
public final class MissingWeights {
    static final Digest DIGEST = new Digest("0".repeat(64));

    private MissingWeights() {}

    /** Whether a run waits for weights that are not there. */
    public static boolean in(RunSpec run) {
        return DIGEST.equals(run.initialization().weights());
    }

    /** Returns what is wrong with runs that need such weights, once for every network. */
    static List<Problem> problems(List<RunSpec> runs) {
        return networks(runs).stream()
                .map(network -> new Problem(
                        "pretrained",
                        network,
                        "upload weights of " + network + " with PUT /api/v1/pretrained/" + network
                                + ", or take those of a finished run, such as pretrained: [{network: " + network
                                + ", from: \"run:r…\"}], or leave the cells out with exclude: [{network: " + network
                                + ", initialization: pretrained}]"))
                .toList();
    }

    static List<PlanWarning> warnings(List<RunSpec> runs) {
        return networks(runs).stream()
                .map(network -> new PlanWarning(
                        "PRETRAINED_MISSING",
                        "Nobody uploaded pretrained weights of " + network
                                + ": the study will be refused until PUT /api/v1/pretrained/" + network
                                + " has some. The counts are right; the ids of these runs, and the study's, will be"
                                + " others."))
                .toList();
    }

    private static List<String> networks(List<RunSpec> runs) {
        return runs.stream()
                .filter(MissingWeights::in)
                .map(RunSpec::network)
                .distinct()
                .toList();
    }
}
