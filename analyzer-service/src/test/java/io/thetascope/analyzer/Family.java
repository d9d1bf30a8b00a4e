package io.thetascope.analyzer;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.thetascope.artifacts.ArtifactKeys;
import io.thetascope.artifacts.JsonObjects;
import io.thetascope.contracts.analysis.AnalysisInput;
import io.thetascope.contracts.analysis.AnalysisKind;
import io.thetascope.contracts.analysis.AnalysisRequest;
import io.thetascope.contracts.analysis.ProbeSet;
import io.thetascope.contracts.analysis.RunAnalyses;
import io.thetascope.contracts.event.StudyAccepted;
import io.thetascope.contracts.identity.Step;
import io.thetascope.contracts.identity.StudyId;
import io.thetascope.contracts.json.Json;
import io.thetascope.contracts.run.Perturbation;
import io.thetascope.contracts.run.RunSpec;
import io.thetascope.contracts.run.Twin;
import io.thetascope.contracts.study.AcceptedStudy;
import io.thetascope.contracts.study.PlannedRun;
import io.thetascope.contracts.study.RunRole;
import io.thetascope.contracts.study.StudySpec;
import java.util.List;
import java.util.stream.Stream;

/** A study of one run, its flipped child and both twins, with every comparison. */
public record Family(RunSpec parent, RunSpec child, RunSpec same, RunSpec other) {
    /** Stores the specs. */
    public static Family of(World world, long seed) {
        RunSpec parent = world.run(seed);
        return new Family(
                parent,
                world.stored(parent.perturbed(Perturbation.signFlip())),
                world.stored(parent.twin(new Twin(Twin.SAME_SEED, 0))),
                world.stored(parent.twin(new Twin(Twin.NEW_SEED, 1))));
    }

    public List<RunSpec> runs() {
        return List.of(parent, child, same, other);
    }

    /** Returns what the planner of the gateway would ask for. */
    public List<AnalysisRequest> analyses() {
        return Stream.concat(runs().stream().flatMap(r -> RunAnalyses.of(r).stream()), comparisons().stream())
                .toList();
    }

    public List<AnalysisRequest> comparisons() {
        return List.of(
                perturbation(),
                pair(AnalysisKind.TWIN, parent, same),
                pair(AnalysisKind.TWIN, parent, other),
                pair(AnalysisKind.EFFECT, same, child),
                pair(AnalysisKind.NULL, same, other),
                pair(AnalysisKind.ALIGNMENT, same, other),
                agreement(same, other),
                path(child),
                path(same),
                path(other));
    }

    private AnalysisRequest agreement(RunSpec left, RunSpec right) {
        return request(
                AnalysisKind.ORDER_AGREEMENT,
                Stream.concat(side(AnalysisInput.LEFT, left), side(AnalysisInput.RIGHT, right))
                        .toList());
    }

    /** Returns the way of a retraining. */
    public AnalysisRequest path(RunSpec retraining) {
        List<AnalysisInput> inputs = Stream.concat(
                        Stream.of(end(AnalysisInput.LEFT, parent)), side(AnalysisInput.AT, retraining))
                .toList();
        return new AnalysisRequest(AnalysisKind.PATH, AnalysisKind.PATH.version(), inputs, null);
    }

    private static Stream<AnalysisInput> side(String name, RunSpec spec) {
        return spec.schedule().checkpointSteps().stream().map(step -> AnalysisInput.of(name, spec.id(), step));
    }

    public AnalysisRequest perturbation() {
        List<AnalysisInput> inputs = List.of(
                end(AnalysisInput.LEFT, parent),
                new AnalysisInput(AnalysisInput.PERTURBED, child.id(), Step.START),
                end(AnalysisInput.RIGHT, child),
                end(AnalysisInput.TWIN, same));
        return request(AnalysisKind.PERTURBATION, inputs);
    }

    private AnalysisRequest pair(AnalysisKind kind, RunSpec left, RunSpec right) {
        return request(kind, List.of(end(AnalysisInput.LEFT, left), end(AnalysisInput.RIGHT, right)));
    }

    private AnalysisRequest request(AnalysisKind kind, List<AnalysisInput> inputs) {
        ProbeSet probe = ProbeSet.of(parent.dataset().digest(), parent.dataset().test());
        return new AnalysisRequest(kind, kind.version(), inputs, probe);
    }

    private static AnalysisInput end(String name, RunSpec spec) {
        return new AnalysisInput(name, spec.id(), spec.schedule().lastStep());
    }

    /** Stores the study and that it wants its runs. */
    public StudyAccepted accepted(World world) {
        return accepted(world, runs(), analyses());
    }

    /** Stores a study of these runs and analyses and that it wants its runs. */
    public static StudyAccepted accepted(World world, List<RunSpec> runs, List<AnalysisRequest> analyses) {
        StudyId id = StudyId.ofCanonical(runs.get(0).id().value());
        StudySpec spec = Json.read(
                "{\"networks\":[\"lenet\"],\"datasets\":[\"fashion-mnist\"]}".getBytes(UTF_8), StudySpec.class);
        List<PlannedRun> planned = runs.stream()
                .map(r -> new PlannedRun(r.id(), RunRole.UNKNOWN, 1, r))
                .toList();
        AcceptedStudy study = new AcceptedStudy(id, spec, List.of(), planned, analyses);
        new JsonObjects(world.store()).write(ArtifactKeys.study(id), study);
        runs.forEach(r -> world.store().put(ArtifactKeys.wantedBy(r.id(), id), new byte[0]));
        return new StudyAccepted(id, 1, "", runs.size(), analyses.size());
    }
}
