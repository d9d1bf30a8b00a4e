package io.thetascope.perturbation.weights;

import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.run.Perturbation;
import io.thetascope.networks.NetworkDescription;
import io.thetascope.networks.ParameterScope;
import java.util.Optional;

/** From the words of a study to what is done to the weights of one parent. */
final class ChangePlans {
    private final NetworkDescription network;
    private final RunId parent;

    ChangePlans(NetworkDescription network, RunId parent) {
        this.network = network;
        this.parent = parent;
    }

    /**
     * Returns what a perturbation does.
     *
     * @throws IllegalArgumentException when there is no such kind or scope, or a value is no float
     */
    ChangePlan of(Perturbation perturbation) {
        if (!perturbation.kind().equals(Perturbation.GAUSSIAN)) {
            return change(perturbation);
        }
        Perturbation matched = perturbation.matching();
        GaussianPlan.Size size = matched == null
                ? new GaussianPlan.Given(value(perturbation).orElseThrow())
                : new GaussianPlan.Matching(change(matched));
        return new GaussianPlan(scope(perturbation), draws(perturbation), size);
    }

    private WeightChange change(Perturbation perturbation) {
        WeightChange everywhere = switch (perturbation.kind()) {
            case Perturbation.SIGN_FLIP -> new WeightChange.SignFlip();
            case Perturbation.EPSILON ->
                WeightChange.AddEpsilon.of(value(perturbation).orElseThrow());
            case Perturbation.RANDOM_SIGNS ->
                value(perturbation)
                        .map(size -> WeightChange.AddSigns.of(draws(perturbation), size))
                        .orElseGet(() -> new WeightChange.FlipSigns(draws(perturbation)));
            case Perturbation.ULP -> new WeightChange.NextFloat(draws(perturbation));
            default ->
                throw new IllegalArgumentException("unknown perturbation " + perturbation.kind() + "; known are "
                        + String.join(", ", Perturbation.kinds()));
        };
        return everywhere.within(scope(perturbation));
    }

    private static Optional<Double> value(Perturbation perturbation) {
        return Optional.ofNullable(perturbation.value());
    }

    private ParameterScope scope(Perturbation perturbation) {
        return new ParameterScope(network, perturbation.scope());
    }

    private Draws draws(Perturbation perturbation) {
        Long seed = perturbation.seed();
        return new Draws(perturbation.kind(), seed == null ? Perturbation.DEFAULT_SEED : seed, parent);
    }
}
