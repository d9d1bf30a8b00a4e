package io.thetascope.gateway.verdict;

import java.util.List;
import java.util.function.Predicate;

/** The claims that hold SGD against Adam, paired by seed. */
final class OptimizerClaims {
    private static final String GATED = "both runs of a pair";
    private static final String BIG =
            "pair of base runs with SGD and Adam of one seed in a network of more than 1,000,000" + " parameters";

    private OptimizerClaims() {}

    static List<Claim> all() {
        return List.of(nearer(), correlated());
    }

    private static Claim nearer() {
        Threshold ratio = new Threshold("‖θT − θ0‖ / ‖θ0‖, SGD to Adam", Relation.BELOW, 1);
        return new Claim(
                5,
                "SGD ends closer to its start than Adam in huge networks",
                "ratio of the relative distances D(0,T)/‖θ0‖, SGD to Adam, paired by seed, in networks of more than"
                        + " 1,000,000 parameters",
                BIG,
                GATED,
                List.of(ratio),
                List.of(),
                false,
                evidence -> Sample.byCell(
                        OptimizerPair.of(evidence, OptimizerPair::big),
                        OptimizerPair::cell,
                        ratio,
                        OptimizerPair::distances));
    }

    private static Claim correlated() {
        Threshold big = new Threshold("mean ρ, Adam − SGD, in big networks", Relation.ABOVE, 0);
        Threshold small = new Threshold("mean ρ, Adam − SGD, in LeNet", Relation.HOLDS, 0);
        Threshold bigMatched =
                new Threshold("mean ρ at matched training loss, Adam − SGD, in big networks", Relation.ABOVE, 0);
        Threshold smallMatched =
                new Threshold("mean ρ at matched training loss, Adam − SGD, in LeNet", Relation.HOLDS, 0);
        return new Claim(
                6,
                "Adam gives stronger positive feature correlation than SGD in big networks, not in LeNet",
                "difference of the mean correlation of penultimate units, Adam − SGD, paired by seed: after the last step, and"
                        + " at the checkpoints whose training losses are nearest to the larger final one",
                BIG,
                GATED,
                List.of(big, small, bigMatched, smallMatched),
                List.of(),
                false,
                evidence -> Sample.both(
                        differences(evidence, OptimizerPair::big, big, bigMatched),
                        differences(evidence, OptimizerClaims::leNet, small, smallMatched)));
    }

    private static boolean leNet(Trial trial) {
        return trial.factors().network().equals("lenet");
    }

    private static List<Sample> differences(
            Evidence evidence, Predicate<Trial> network, Threshold atEnd, Threshold atLoss) {
        return Sample.both(
                Sample.byCell(
                        OptimizerPair.of(evidence, network), OptimizerPair::cell, atEnd, OptimizerPair::correlations),
                Sample.byCell(
                        OptimizerPair.of(evidence, network),
                        OptimizerPair::cell,
                        atLoss,
                        OptimizerPair::matchedCorrelations));
    }
}
