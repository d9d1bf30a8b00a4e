package io.thetascope.gateway.planning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.thetascope.contracts.json.Json;
import io.thetascope.contracts.run.RunSpec;
import io.thetascope.contracts.study.StudySpec;
import io.thetascope.gateway.request.Problem;
import io.thetascope.gateway.request.Problems;
import io.thetascope.gateway.request.RefusedRequestException;
import io.thetascope.gateway.testing.Samples;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PerturbationScopesTest {
    private static List<Problem> refused(String yaml) {
        return catchThrowableOfType(RefusedRequestException.class, () -> Samples.plan(yaml))
                .problems();
    }

    @Test
    void scopesThatEveryNetworkHasArePlanned() {
        PlannedStudy plan = Samples.plan("{networks: [lenet, resnet18], datasets: [mnist], perturbations:"
                + " [{kind: sign-flip, scope: conv1}, {kind: ulp, scope: live}, {kind: ulp, scope: bias}]}");
        assertThat(PlanSummary.of(plan, MeasuredRates.none()).runs().perturbed())
                .isEqualTo(6);
    }

    @Test
    void unknownLayerIsRefusedForEveryNetworkThatLacksIt() {
        List<Problem> problems = refused("{networks: [lenet, resnet18], datasets: [mnist, cifar10], seeds: [1, 2],"
                + " perturbations: [ulp, {kind: sign-flip, scope: bn1}, {kind: ulp, scope: conv9}]}");
        assertThat(problems)
                .extracting(Problem::field)
                .containsExactly("perturbations[1].scope", "perturbations[2].scope", "perturbations[2].scope");
        assertThat(problems).extracting(Problem::value).containsExactly("bn1", "conv9", "conv9");
        assertThat(problems.get(0).remedy())
                .isEqualTo(
                        "a scope of every network that is perturbed; lenet has no scope bn1; its scopes are all, live,"
                                + " weight, bias, conv1, conv2, fc1, fc2, fc3");
        assertThat(problems.get(2).remedy())
                .contains("resnet18 has no scope conv9")
                .contains("(41 layers)");
    }

    @Test
    void kindThatANetworkLacksIsRefused() {
        assertThat(refused(
                        "{networks: [lenet], datasets: [mnist], perturbations: [{kind: epsilon, scope: norm-bias}]}"))
                .singleElement()
                .extracting(Problem::remedy)
                .asString()
                .contains("lenet has no norm-bias");
    }

    @Test
    void parentsNetworksAreCheckedToo() {
        // Given a study that names no network, only a finished run of LeNet
        RunSpec parent = Samples.plan("preset: quick").study().runs().get(0).spec();
        StudySpec spec = Json.read(
                ("{\"parents\":[\"" + parent.id() + "\"],\"perturbations\":[{\"kind\":\"ulp\",\"scope\":\"conv9\"}]}")
                        .getBytes(StandardCharsets.UTF_8),
                StudySpec.class);
        Problems problems = new Problems();
        // When
        Planner.plan(
                spec, new PlanInputs(Map.of(), List.of(new FinishedParent(parent, 1)), List.of(), Map.of()), problems);
        // Then
        assertThat(problems.list()).singleElement().satisfies(problem -> {
            assertThat(problem.field()).isEqualTo("perturbations[0].scope");
            assertThat(problem.remedy()).contains("lenet has no scope conv9");
        });
    }
}
