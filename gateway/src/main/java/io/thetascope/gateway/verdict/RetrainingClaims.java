package io.thetascope.gateway.verdict;

import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.run.Perturbation;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The claims about perturbing a trained model and training it again. */
final class RetrainingClaims {
    /** A distortion is small up to this ε. */
    static final double SMALL = 1e-5;

    private static final String RATIO = "‖θ₂ − θ₁‖ / ‖θ₂same − θ₁‖";

    private RetrainingClaims() {}

    static List<Claim> all() {
        return List.of(comesBack(), landsFar());
    }

    private static Claim comesBack() {
        Threshold effect = new Threshold("E/N", Relation.AT_MOST, 1);
        Threshold matched = new Threshold("matched correlation with θ₁, θ₂ − θ₂same", Relation.AT_LEAST, -0.01);
        return new Claim(
                7,
                "A small distortion comes back",
                "effect over null, E/N = ‖θ₂ − θ₂same‖ / mean ‖θ₂same − θ₂new‖, and matched correlation of θ₂ with θ₁ less that"
                        + " of the same-seed twin with θ₁, of ε up to 1e-5",
                "run perturbed by an ε of at most 1e-5 other than 0",
                "θ₁, θ₂ and every twin",
                List.of(effect, matched),
                List.of(),
                false,
                evidence -> Sample.both(
                        samples(evidence, RetrainingClaims::small, effect, Retrained::family, Retrained::effectToNull),
                        samples(
                                evidence,
                                RetrainingClaims::small,
                                matched,
                                Retrained::drift,
                                Retrained::matchedBeyondTwin)));
    }

    private static Claim landsFar() {
        Threshold raw = new Threshold(RATIO, Relation.ABOVE, 2);
        Threshold moduloSign = new Threshold(RATIO + " modulo BatchNorm's sign", Relation.ABOVE, 2);
        return new Claim(
                8,
                "A flip lands far from the trained model",
                "distance of θ₂ from θ₁ as a multiple of the same-seed twin's, raw and, in a network with BatchNorm, modulo its"
                        + " sign",
                "run of which the sign of every parameter was flipped",
                "θ₁, θ₂ and the same-seed twin",
                List.of(raw),
                List.of(moduloSign),
                false,
                evidence -> Sample.both(
                        samples(evidence, RetrainingClaims::flip, raw, Retrained::drift, Retrained::ratioToDrift),
                        samples(
                                evidence,
                                r -> flip(r) && r.batchNorm(),
                                moduloSign,
                                Retrained::drift,
                                Retrained::ratioModuloSign)));
    }

    private static boolean small(Retrained run) {
        Double value = run.perturbation().value();
        return run.perturbation().kind().equals(Perturbation.EPSILON)
                && value != null
                && value != 0
                && Math.abs(value) <= SMALL;
    }

    private static boolean flip(Retrained run) {
        return run.perturbation().equals(Perturbation.signFlip());
    }

    private static List<Sample> samples(
            Evidence evidence,
            Predicate<Retrained> about,
            Threshold threshold,
            Function<Retrained, List<RunId>> others,
            Function<Retrained, @Nullable Double> value) {
        return Sample.byCell(
                evidence.retrained(about),
                run -> run.factors().cell() + " · "
                        + retrained(run).perturbation().label(),
                threshold,
                run -> {
                    List<RunId> with = others.apply(retrained(run));
                    return Observation.of(run, evidence.worth(run, with), with, value.apply(retrained(run)));
                });
    }

    private static Retrained retrained(Trial run) {
        return Objects.requireNonNull(run.retrained(), "only retrainings are looked at here");
    }
}
