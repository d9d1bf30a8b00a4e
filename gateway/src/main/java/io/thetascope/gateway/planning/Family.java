package io.thetascope.gateway.planning;

import io.thetascope.contracts.run.Perturbation;
import io.thetascope.contracts.run.RunSpec;
import io.thetascope.contracts.run.Twin;
import io.thetascope.contracts.study.PlannedRun;
import io.thetascope.contracts.study.RunRole;
import io.thetascope.contracts.study.StudySpec;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A run of generation 0 and what descends from it in a study.
 *
 * @param parent the run of generation 0
 * @param children its perturbed retrainings
 * @param twins its controls; none where nothing is perturbed
 */
record Family(PlannedRun parent, List<PlannedRun> children, List<PlannedRun> twins) {
    Family {
        children = List.copyOf(children);
        twins = List.copyOf(twins);
    }

    static Family of(RunSpec parent, long seed, StudySpec study) {
        List<PlannedRun> children =
                study.perturbations().stream().map(p -> child(parent, p, seed)).toList();
        List<PlannedRun> twins = children.isEmpty()
                ? List.of()
                : study.twins().stream()
                        .flatMap(request -> request.twins().stream())
                        .map(twin -> twin(parent, twin, seed))
                        .toList();
        return new Family(new PlannedRun(parent.id(), RunRole.BASE, seed, parent), children, twins);
    }

    /** A run that is only trained to give others its weights; nothing descends from it. */
    static Family ofDonor(RunSpec donor, long seed) {
        return new Family(new PlannedRun(donor.id(), RunRole.DONOR, seed, donor), List.of(), List.of());
    }

    private static PlannedRun child(RunSpec parent, Perturbation perturbation, long seed) {
        RunSpec spec = parent.perturbed(perturbation);
        return new PlannedRun(spec.id(), RunRole.PERTURBED, seed, spec);
    }

    private static PlannedRun twin(RunSpec parent, Twin twin, long seed) {
        RunSpec spec = parent.twin(twin);
        RunRole role = twin.kind().equals(Twin.SAME_SEED) ? RunRole.TWIN_SAME_SEED : RunRole.TWIN_NEW_SEED;
        return new PlannedRun(spec.id(), role, seed, spec);
    }

    Optional<PlannedRun> sameSeedTwin() {
        return twins.stream().filter(t -> t.role() == RunRole.TWIN_SAME_SEED).findFirst();
    }

    List<PlannedRun> newSeedTwins() {
        return twins.stream().filter(t -> t.role() == RunRole.TWIN_NEW_SEED).toList();
    }

    /** Returns all of them, the parent first. */
    Stream<PlannedRun> members() {
        return Stream.of(Stream.of(parent), children.stream(), twins.stream()).flatMap(s -> s);
    }

    /** Returns those of generation 1. */
    Stream<PlannedRun> descendants() {
        return Stream.concat(children.stream(), twins.stream());
    }
}
