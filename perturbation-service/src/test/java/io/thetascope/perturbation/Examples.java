package io.thetascope.perturbation;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.thetascope.artifacts.ArtifactKeys;
import io.thetascope.artifacts.Checkpoints;
import io.thetascope.artifacts.JsonObjects;
import io.thetascope.artifacts.safetensors.SafetensorsWriter;
import io.thetascope.artifacts.safetensors.TensorSpec;
import io.thetascope.artifacts.safetensors.WrittenFile;
import io.thetascope.artifacts.store.ObjectStore;
import io.thetascope.contracts.identity.Attempt;
import io.thetascope.contracts.identity.Digest;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.identity.StudyId;
import io.thetascope.contracts.json.Json;
import io.thetascope.contracts.run.CheckpointSchedule;
import io.thetascope.contracts.run.DatasetUse;
import io.thetascope.contracts.run.Environment;
import io.thetascope.contracts.run.Initialization;
import io.thetascope.contracts.run.InputShape;
import io.thetascope.contracts.run.OptimizerSpec;
import io.thetascope.contracts.run.Perturbation;
import io.thetascope.contracts.run.RunOutcome;
import io.thetascope.contracts.run.RunResult;
import io.thetascope.contracts.run.RunSpec;
import io.thetascope.contracts.run.Seeds;
import io.thetascope.contracts.run.StoredCheckpoint;
import io.thetascope.contracts.run.Twin;
import io.thetascope.contracts.study.AcceptedStudy;
import io.thetascope.contracts.study.PlannedRun;
import io.thetascope.contracts.study.RunRole;
import io.thetascope.contracts.study.StudySpec;
import io.thetascope.networks.Initializers;
import io.thetascope.networks.NetworkDescription;
import io.thetascope.networks.Networks;
import io.thetascope.networks.Parameter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Runs, studies and checkpoints as the gateway and the trainer leave them in the store. */
public final class Examples {
    public static final InputShape GREY = new InputShape(1, 32, 32);
    public static final NetworkDescription LENET = Networks.named("lenet", GREY);
    private static final Environment HERE = new Environment("2.7.1", "AVX2", 1, "cpu", "0.35.1", "17", "Linux");

    private Examples() {}

    /** Returns a generation-0 run that another seed makes another run. */
    public static RunSpec base(long seed) {
        return new RunSpec(
                RunSpec.FORMAT,
                "lenet",
                GREY,
                new DatasetUse("fashion-mnist", Digest.of(new byte[] {1, 2, 3}), 4000, 0, 2000),
                Initialization.drawn(Initialization.KAIMING_UNIFORM),
                OptimizerSpec.sgd(0.01, 0.9, 0, 0),
                128,
                20,
                new CheckpointSchedule(5, false),
                Seeds.ofBase(seed),
                1,
                true,
                null);
    }

    /** Returns sign-flip, ε = 1e-6, ε = 0 and the same-seed twin of a run, in this order. */
    public static List<RunSpec> childrenOf(RunSpec parent) {
        return List.of(
                parent.perturbed(Perturbation.signFlip()),
                parent.perturbed(Perturbation.epsilon(1e-6)),
                parent.perturbed(Perturbation.epsilon(0)),
                parent.twin(new Twin(Twin.SAME_SEED, 0)));
    }

    /** Stores a study and its marks, as the gateway does before it announces one. */
    public static StudyId accept(ObjectStore store, String name, List<RunSpec> specs) {
        StudyId id = StudyId.ofCanonical(name);
        List<PlannedRun> runs = specs.stream()
                .map(spec ->
                        new PlannedRun(spec.id(), spec.generation() == 0 ? RunRole.BASE : RunRole.PERTURBED, 1, spec))
                .toList();
        JsonObjects objects = new JsonObjects(store);
        objects.write(ArtifactKeys.study(id), new AcceptedStudy(id, emptySpec(), List.of(), runs, List.of()));
        runs.forEach(run -> {
            objects.write(ArtifactKeys.spec(run.runId()), run.spec());
            store.put(ArtifactKeys.wantedBy(run.runId(), id), new byte[] {'1'});
        });
        return id;
    }

    /** Accepts a run together with its children. */
    public static StudyId accept(ObjectStore store, String name, RunSpec parent) {
        return accept(
                store,
                name,
                Stream.concat(Stream.of(parent), childrenOf(parent).stream()).toList());
    }

    /** Stores a final checkpoint and a result, as a trainer does before it announces an end. */
    public static StoredCheckpoint finish(ObjectStore store, RunSpec spec, Path folder) {
        StoredCheckpoint last = new StoredCheckpoint(
                spec.schedule().lastStep(),
                spec.epochs(),
                new Checkpoints(store).store(spec.id(), spec.schedule().lastStep(), weights(spec, folder)));
        end(store, spec.id(), RunOutcome.FINISHED, List.of(last));
        return last;
    }

    /** Stores the result of a run that ended for good. */
    public static void end(ObjectStore store, RunId run, RunOutcome outcome, List<StoredCheckpoint> checkpoints) {
        new JsonObjects(store)
                .write(
                        ArtifactKeys.result(run),
                        new RunResult(run, Attempt.of(3, 1), outcome, null, checkpoints, List.of(), HERE));
    }

    /** Writes a LeNet checkpoint; its first weights are the delicate ones, −0 and +0. */
    public static WrittenFile weights(RunSpec spec, Path folder) {
        List<TensorSpec> tensors = LENET.parameters().stream()
                .map(p -> TensorSpec.f32(p.name(), p.shape().extents()))
                .toList();
        Map<String, String> metadata = Map.of(
                "run_id", spec.id().value(),
                "step", spec.schedule().lastStep().toString(),
                "epoch", Integer.toString(spec.epochs()),
                "format_version", "1");
        try (SafetensorsWriter writer =
                SafetensorsWriter.create(folder.resolve(spec.id() + ".safetensors"), metadata, tensors)) {
            LENET.parameters().forEach(p -> writer.writeFloats(p.name(), values(spec, p)));
            return writer.finish();
        }
    }

    private static float[] values(RunSpec spec, Parameter parameter) {
        float[] values = Initializers.draw(
                Initialization.KAIMING_UNIFORM, parameter, spec.seeds().init());
        values[0] = -0f;
        values[1] = 0f;
        return values;
    }

    private static StudySpec emptySpec() {
        return Json.read("{}".getBytes(UTF_8), StudySpec.class);
    }
}
