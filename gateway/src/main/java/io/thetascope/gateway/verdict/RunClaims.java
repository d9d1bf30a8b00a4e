package io.thetascope.gateway.verdict;

import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The claims about single runs: how much of a network changes, and why the rest does not. */
final class RunClaims {
    private static final String THETA1 = "θ₁";

    private RunClaims() {}

    static List<Claim> all() {
        return List.of(resNetStays(), lazyTraining(), leNetChanges(), vggChanges());
    }

    private static Claim resNetStays() {
        Threshold unchanged = new Threshold("1 − F(0)", Relation.ABOVE, 0.6);
        return new Claim(
                1,
                "ResNet keeps more than 60 % of its parameters unchanged, whatever the data set, optimizer and initialisation",
                "share of parameters that are equal to their start after training, 1 − F(0)",
                "base run of a ResNet",
                THETA1,
                List.of(unchanged),
                List.of(),
                true,
                evidence -> samples(
                        evidence,
                        RunClaims::resNet,
                        unchanged,
                        run -> rest(run.figures().changed())));
    }

    private static Claim lazyTraining() {
        Threshold unchanged = new Threshold("1 − F(0) of live parameters", Relation.ABOVE, 0.5);
        Threshold residual = new Threshold("linearisation residual", Relation.BELOW, 0.2);
        return new Claim(
                2,
                "Lazy training is why ResNet's parameters stay unchanged",
                "share of the live (not geometry-dead) parameters that are equal to their start, and residual of the"
                        + " linearisation at the start",
                "base run of a ResNet",
                THETA1,
                List.of(unchanged, residual),
                List.of(),
                false,
                evidence -> Sample.both(
                        samples(
                                evidence,
                                RunClaims::resNet,
                                unchanged,
                                run -> rest(run.figures().liveChanged())),
                        samples(
                                evidence,
                                RunClaims::resNet,
                                residual,
                                run -> run.figures().residual())));
    }

    private static Claim leNetChanges() {
        return changes(
                3,
                "LeNet on CIFAR changes 100 % of its parameters",
                "LeNet",
                new Threshold("F(0)", Relation.AT_LEAST, 0.995));
    }

    private static Claim vggChanges() {
        return changes(
                4,
                "VGG on CIFAR changes more than 90 % of its parameters",
                "VGG",
                new Threshold("F(0)", Relation.ABOVE, 0.9));
    }

    private static Claim changes(int number, String claim, String network, Threshold threshold) {
        return new Claim(
                number,
                claim,
                "share of parameters that differ from their start after training, F(0)",
                "base run of " + network + " on CIFAR-10",
                THETA1,
                List.of(threshold),
                List.of(),
                true,
                evidence -> samples(
                        evidence,
                        run -> onCifar(run, network),
                        threshold,
                        run -> run.figures().changed()));
    }

    private static List<Sample> samples(
            Evidence evidence, Predicate<Trial> about, Threshold threshold, Function<Trial, @Nullable Double> value) {
        return Sample.byCell(
                evidence.base().filter(about),
                run -> run.factors().cell(),
                threshold,
                run -> Observation.of(run, value.apply(run)));
    }

    private static @Nullable Double rest(@Nullable Double share) {
        return share == null ? null : 1 - share;
    }

    private static boolean resNet(Trial run) {
        return family(run, "ResNet");
    }

    private static boolean onCifar(Trial run, String network) {
        return family(run, network) && run.factors().dataset().equals("cifar10");
    }

    private static boolean family(Trial run, String network) {
        return run.factors().network().regionMatches(true, 0, network, 0, network.length());
    }
}
