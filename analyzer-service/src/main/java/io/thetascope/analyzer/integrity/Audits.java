package io.thetascope.analyzer.integrity;

import io.thetascope.artifacts.safetensors.SafetensorsFile;
import io.thetascope.artifacts.safetensors.TensorEntry;
import io.thetascope.artifacts.store.ObjectStore;
import io.thetascope.contracts.analysis.AnalysisInput;
import io.thetascope.contracts.analysis.InputRead;
import io.thetascope.contracts.analysis.IntegrityResult;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.identity.Step;
import io.thetascope.contracts.run.EpochFigures;
import io.thetascope.contracts.run.RunOutcome;
import io.thetascope.contracts.run.RunResult;
import io.thetascope.contracts.run.RunSpec;
import io.thetascope.contracts.run.StoredCheckpoint;
import io.thetascope.measures.integrity.ExaminedCheckpoint;
import io.thetascope.measures.integrity.IntegrityAudit;
import io.thetascope.networks.NetworkDescription;
import io.thetascope.networks.StateTensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Examines every checkpoint that the result of a run names: missing objects, other bytes, files that cannot be read are what is
 * looked for, so none of them is a failure. At most two checkpoints are on the disk at a time.
 */
public final class Audits {
    private final ObjectStore store;
    private final Path folder;

    /**
     * Examines what lies in this store.
     *
     * @param store holds the checkpoints
     * @param folder for those that are being examined
     */
    public Audits(ObjectStore store, Path folder) {
        this.store = store;
        this.folder = folder;
    }

    /**
     * An audit.
     *
     * @param result what was found
     * @param read the bytes in which it was found
     */
    public record Audited(IntegrityResult result, List<InputRead> read) {
        public Audited {
            read = List.copyOf(read);
        }
    }

    /**
     * Audits a run that ended for good.
     *
     * @param spec of the run
     * @param result of the run
     * @param network that the spec names
     */
    public Audited audit(RunSpec spec, RunResult result, NetworkDescription network) {
        List<ExaminedCheckpoint> examined = examine(result.checkpoints(), network);
        IntegrityResult audit = IntegrityAudit.audit(result.runId(), planned(spec, result), examined);
        return new Audited(
                audit, examined.stream().flatMap(e -> read(result.runId(), e)).toList());
    }

    private static Stream<InputRead> read(RunId run, ExaminedCheckpoint examined) {
        Step step = examined.announced().step();
        String name = AnalysisInput.of(AnalysisInput.AT, run, step).name();
        return Stream.ofNullable(examined.found()).map(digest -> new InputRead(name, run, step, digest));
    }

    /** Returns the steps of the schedule; of a run that diverged, those up to where its result ends. */
    private static List<Step> planned(RunSpec spec, RunResult result) {
        List<Step> all = spec.schedule().checkpointSteps();
        if (result.outcome() != RunOutcome.DIVERGED) {
            return all;
        }
        Stream<Step> reached = Stream.concat(
                result.checkpoints().stream().map(StoredCheckpoint::step),
                result.epochs().stream().map(EpochFigures::step));
        Step last = reached.max(Step::compareTo).orElse(Step.START);
        return all.stream().filter(step -> step.compareTo(last) <= 0).toList();
    }

    private List<ExaminedCheckpoint> examine(List<StoredCheckpoint> checkpoints, NetworkDescription network) {
        List<ExaminedCheckpoint> examined = new ArrayList<>();
        StoredBytes before = null;
        try {
            for (StoredCheckpoint checkpoint : checkpoints) {
                StoredBytes bytes =
                        StoredBytes.bring(store, checkpoint.artifact().key(), folder);
                try {
                    examined.add(examine(checkpoint, bytes, before, network));
                } finally {
                    close(before);
                    before = bytes;
                }
            }
        } finally {
            close(before);
        }
        return examined;
    }

    private static void close(@Nullable StoredBytes bytes) {
        if (bytes != null) {
            bytes.close();
        }
    }

    private static ExaminedCheckpoint examine(
            StoredCheckpoint announced, StoredBytes bytes, @Nullable StoredBytes before, NetworkDescription network) {
        SafetensorsFile tensors = bytes.tensors();
        if (tensors == null) {
            return new ExaminedCheckpoint(
                    announced,
                    bytes.digest(),
                    bytes.digest() == null ? null : bytes.unreadable(),
                    null,
                    null,
                    null,
                    null,
                    null,
                    null);
        }
        Map<String, String> metadata = tensors.header().metadata();
        String wrong = wrong(network, tensors);
        TensorPass pass = wrong == null ? TensorPass.over(network, tensors, readable(before, network)) : null;
        return new ExaminedCheckpoint(
                announced,
                bytes.digest(),
                wrong,
                parsed(metadata.get("run_id"), RunId::new),
                parsed(metadata.get("step"), text -> new Step(Long.parseLong(text))),
                parsed(metadata.get("epoch"), Integer::valueOf),
                pass == null ? null : pass.notFinite(),
                pass == null ? null : pass.content(),
                pass == null ? null : pass.distance());
    }

    private static @Nullable SafetensorsFile readable(@Nullable StoredBytes before, NetworkDescription network) {
        SafetensorsFile tensors = before == null ? null : before.tensors();
        return tensors == null || wrong(network, tensors) != null ? null : tensors;
    }

    /** Returns why a file is no checkpoint of a network; absent where it is one. */
    private static @Nullable String wrong(NetworkDescription network, SafetensorsFile file) {
        Map<String, TensorEntry> entries = file.header().byName();
        Optional<String> first = network.state().stream()
                .filter(t -> !described(t).equals(described(entries.get(t.name()))))
                .map(t -> "tensor " + t.name() + " is " + described(entries.get(t.name())) + " where " + described(t)
                        + " is needed")
                .findFirst();
        int known = network.state().size();
        return first.orElse(
                entries.size() == known ? null : entries.size() + " tensors where " + network.name() + " has " + known);
    }

    private static String described(StateTensor tensor) {
        return tensor.elementBytes() + " bytes x " + tensor.shape().extents();
    }

    private static String described(@Nullable TensorEntry tensor) {
        return tensor == null ? "missing" : tensor.dtype().bytes() + " bytes x " + tensor.shape();
    }

    /** Metadata that cannot be read names nothing. */
    private static <T> @Nullable T parsed(@Nullable String text, Function<String, T> parse) {
        try {
            return text == null ? null : parse.apply(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
