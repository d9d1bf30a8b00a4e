package io.thetascope.perturbation.weights;

import static org.assertj.core.api.Assertions.assertThat;

import io.thetascope.contracts.run.InputShape;
import io.thetascope.contracts.run.Origin;
import io.thetascope.contracts.run.Perturbation;
import io.thetascope.contracts.run.RunSpec;
import io.thetascope.contracts.run.Seeds;
import io.thetascope.contracts.run.Twin;
import io.thetascope.networks.ParameterScope;
import io.thetascope.perturbation.Examples;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ChildPlanTest {
    private final RunSpec parent = Examples.base(1);

    @Test
    void perturbationsAndTwinsArePossible() {
        assertThat(change(parent.perturbed(Perturbation.signFlip()))).isEqualTo(new WeightChange.SignFlip());
        assertThat(change(parent.perturbed(Perturbation.epsilon(1e-6)))).isEqualTo(new WeightChange.AddEpsilon(1e-6f));
        assertThat(change(parent.twin(new Twin(Twin.NEW_SEED, 2)))).isEqualTo(new WeightChange.AsItIs());
    }

    @Test
    void unknownKindIsImpossibleByName() {
        impossible(
                parent.perturbed(new Perturbation("shuffle", null, "all", null, null)), parent, "perturbation shuffle");
    }

    @Test
    void scopeIsResolvedForTheNetwork() {
        RunSpec onConv1 = parent.perturbed(new Perturbation(Perturbation.SIGN_FLIP, null, "conv1", null, null));
        assertThat(change(onConv1))
                .isEqualTo(new WeightChange.Within(
                        new ParameterScope(Examples.LENET, "conv1"), new WeightChange.SignFlip()));
    }

    @Test
    void unknownScopeIsImpossibleByName() {
        impossible(
                parent.perturbed(new Perturbation(Perturbation.SIGN_FLIP, null, "conv9", null, null)),
                parent,
                "lenet has no scope conv9; its scopes are all, live, weight, bias, conv1");
    }

    @Test
    void emptyScopeIsImpossibleByName() {
        impossible(
                parent.perturbed(new Perturbation(Perturbation.ULP, null, "norm-weight", 1L, null)),
                parent,
                "lenet has no norm-weight");
    }

    @Test
    void randomKindsDrawWithTheirSeedAndTheirParent() {
        RunSpec signs = parent.perturbed(new Perturbation(Perturbation.RANDOM_SIGNS, 0.5, "all", 7L, null));
        assertThat(change(signs))
                .isEqualTo(new WeightChange.AddSigns(new Draws(Perturbation.RANDOM_SIGNS, 7, parent.id()), 0.5f));
        RunSpec ulp = parent.perturbed(new Perturbation(Perturbation.ULP, null, "all", 8L, null));
        assertThat(change(ulp)).isEqualTo(new WeightChange.NextFloat(new Draws(Perturbation.ULP, 8, parent.id())));
    }

    @Test
    void valueThatNoFloatHoldsIsImpossible() {
        impossible(parent.perturbed(Perturbation.epsilon(1e300)), parent, "finite as a float: Infinity");
        impossible(
                parent.perturbed(new Perturbation(Perturbation.RANDOM_SIGNS, 1e300, "all", 1L, null)),
                parent,
                "finite as a float: Infinity");
        impossible(
                parent.perturbed(new Perturbation(Perturbation.GAUSSIAN, 1e300, "all", 1L, null)),
                parent,
                "finite as a float: 1.0E300");
    }

    @Test
    void parentOfGenerationOneIsImpossible() {
        RunSpec child = parent.perturbed(Perturbation.signFlip());
        RunSpec grandchild = withOrigin(child, new Origin(child.id(), Perturbation.signFlip(), null));
        impossible(grandchild, child, "parent " + child.id() + " is of generation 1");
    }

    @Test
    void runWithoutOriginIsImpossible() {
        impossible(parent, parent, "generation-0");
    }

    @Test
    void childOfAnotherInputIsImpossible() {
        RunSpec child = parent.perturbed(Perturbation.signFlip());
        RunSpec colour = withInput(child, new InputShape(3, 32, 32));
        impossible(colour, parent, "lenet on 1x32x32, its child lenet on 3x32x32");
    }

    private ChangePlan change(RunSpec child) {
        assertThat(ChildPlan.of(child, parent)).isInstanceOf(ChildPlan.Possible.class);
        return ((ChildPlan.Possible) ChildPlan.of(child, parent)).change();
    }

    private static void impossible(RunSpec child, RunSpec parent, String reason) {
        ChildPlan plan = ChildPlan.of(child, parent);
        assertThat(plan).isInstanceOf(ChildPlan.Impossible.class);
        assertThat(((ChildPlan.Impossible) plan).reason()).contains(reason);
    }

    private static RunSpec withOrigin(RunSpec spec, Origin origin) {
        return changed(spec, spec.input(), origin);
    }

    private static RunSpec withInput(RunSpec spec, InputShape input) {
        return changed(spec, input, spec.origin());
    }

    private static RunSpec changed(RunSpec spec, InputShape input, @Nullable Origin origin) {
        return new RunSpec(
                spec.format(),
                spec.network(),
                input,
                spec.dataset(),
                spec.initialization(),
                spec.optimizer(),
                spec.batch(),
                spec.epochs(),
                spec.checkpoints(),
                new Seeds(0, spec.seeds().order(), spec.seeds().dropout()),
                spec.threads(),
                spec.evidence(),
                origin);
    }
}
