package io.thetascope.gateway.planning;

import io.thetascope.contracts.run.Perturbation;
import io.thetascope.contracts.run.RunSpec;
import io.thetascope.contracts.study.StudySpec;
import io.thetascope.gateway.request.Problems;
import io.thetascope.networks.NetworkDescription;
import io.thetascope.networks.ParameterScope;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Whether the networks that a study perturbs have the scopes that its perturbations name. */
final class PerturbationScopes {
    private final List<Perturbation> perturbations;
    private final Problems problems;
    private final Set<String> noted = new HashSet<>();

    PerturbationScopes(StudySpec spec, Problems problems) {
        this.perturbations = spec.perturbations();
        this.problems = problems;
    }

    /** Notes every scope that a network of these runs lacks; a network that fits no input is noted elsewhere. */
    void check(Stream<RunSpec> runs) {
        runs.map(RunCosts.Subject::of)
                .distinct()
                .flatMap(subject -> InputSizes.fitting(subject.network(), subject.input()).stream())
                .forEach(this::check);
    }

    private void check(NetworkDescription network) {
        for (int i = 0; i < perturbations.size(); i++) {
            String field = "perturbations[" + i + "].scope";
            String scope = perturbations.get(i).scope();
            ParameterScope.problem(network, scope)
                    .filter(problem -> noted.add(field + network.name()))
                    .ifPresent(problem ->
                            problems.add(field, scope, "a scope of every network that is perturbed; " + problem));
        }
    }
}
