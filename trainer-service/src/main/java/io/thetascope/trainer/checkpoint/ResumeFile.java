package io.thetascope.trainer.checkpoint;

import ai.djl.ndarray.NDArray;
import io.thetascope.artifacts.EvidenceTensors;
import io.thetascope.artifacts.safetensors.DType;
import io.thetascope.artifacts.safetensors.SafetensorsFile;
import io.thetascope.artifacts.safetensors.SafetensorsWriter;
import io.thetascope.artifacts.safetensors.TensorEntry;
import io.thetascope.artifacts.safetensors.TensorSpec;
import io.thetascope.artifacts.safetensors.WrittenFile;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.trainer.network.Torch;
import io.thetascope.trainer.optimizer.Evidence;
import io.thetascope.trainer.training.Snapshot;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Everything from which a training goes on, as one file: the state as in a checkpoint, the optimizer's buffers, the evidence,
 * and the figures of the epoch under way.
 */
public final class ResumeFile {
    private static final String OPTIMIZER = "resume.optimizer.";
    private static final String EVIDENCE = "resume.evidence";
    private static final String LOSSES = "resume.losses";
    private static final String HITS = "resume.hits";

    private ResumeFile() {}

    /** Writes a snapshot. */
    public static WrittenFile write(Path target, RunId run, Snapshot snapshot) {
        List<TensorSpec> tensors = TensorSpec.widestFirst(specs(snapshot));
        try (SafetensorsWriter writer = SafetensorsWriter.create(
                target,
                CheckpointFile.metadata(
                        run, snapshot.step(), snapshot.position().epoch()),
                tensors)) {
            tensors.forEach(tensor -> write(writer, tensor, snapshot));
            return writer.finish();
        }
    }

    private static List<TensorSpec> specs(Snapshot snapshot) {
        long parameters = snapshot.state().weights().flat().size();
        List<TensorSpec> tensors = new ArrayList<>(StateTensors.specs(snapshot.state()));
        snapshot.optimizer().keySet().stream()
                .sorted()
                .forEach(name -> tensors.add(new TensorSpec(OPTIMIZER + name, DType.F32, List.of(parameters))));
        if (snapshot.evidence().isPresent()) {
            List<Long> shape = List.of(EvidenceTensors.bytes(parameters));
            for (Evidence.Kind kind : Evidence.Kind.values()) {
                tensors.add(new TensorSpec(name(kind), DType.U8, shape));
            }
        }
        List<Long> batches = List.of((long) snapshot.figures().hits().length);
        tensors.add(new TensorSpec(LOSSES, DType.F32, batches));
        tensors.add(new TensorSpec(HITS, DType.I64, batches));
        return tensors;
    }

    private static void write(SafetensorsWriter writer, TensorSpec tensor, Snapshot snapshot) {
        String name = tensor.name();
        if (name.startsWith(OPTIMIZER)) {
            NDArray buffer = Objects.requireNonNull(snapshot.optimizer().get(name.substring(OPTIMIZER.length())), name);
            Pieces.of(tensor.elements(), (from, count) -> writer.writeFloats(name, Torch.floats(buffer, from, count)));
        } else if (name.equals(LOSSES)) {
            writer.writeFloats(name, snapshot.figures().singleLosses());
        } else if (name.equals(HITS)) {
            writer.writeLongs(name, snapshot.figures().hits());
        } else if (name.startsWith(EVIDENCE)) {
            bits(snapshot).write(writer, name, kind(name));
        } else {
            StateTensors.write(writer, tensor, snapshot.state());
        }
    }

    private static EvidenceFile.Bits bits(Snapshot snapshot) {
        long parameters = snapshot.state().weights().flat().size();
        return new EvidenceFile.Bits(snapshot.evidence().orElseThrow(), 0, parameters);
    }

    private static String name(Evidence.Kind kind) {
        return kind == Evidence.Kind.GRADIENT_SEEN
                ? EvidenceTensors.gradientSeen(EVIDENCE)
                : EvidenceTensors.valueChanged(EVIDENCE);
    }

    private static Evidence.Kind kind(String name) {
        return Arrays.stream(Evidence.Kind.values())
                .filter(kind -> name(kind).equals(name))
                .findFirst()
                .orElseThrow();
    }

    /**
     * Overwrites everything that a snapshot shows with what a file holds; all of it, or nothing when the file does not fit.
     *
     * @param batches of the epoch under way that are done
     * @throws IllegalArgumentException when the file is not of such a training
     */
    public static void read(Path path, Snapshot snapshot, int batches) {
        try (SafetensorsFile file = SafetensorsFile.open(path)) {
            requireFit(file, snapshot);
            StateTensors.read(file, snapshot.state(), StateTensors.names(snapshot.state()));
            snapshot.optimizer().forEach((name, buffer) -> readFloats(file, OPTIMIZER + name, buffer));
            snapshot.evidence().ifPresent(evidence -> readEvidence(file, evidence));
            TensorEntry hits = file.tensor(HITS);
            long[] hitsOfBatch = new long[Math.toIntExact(hits.elements())];
            file.readLongs(hits, 0, hitsOfBatch, 0, hitsOfBatch.length);
            snapshot.figures().restore(batches, file.readFloats(file.tensor(LOSSES)), hitsOfBatch);
        }
    }

    private static void requireFit(SafetensorsFile file, Snapshot snapshot) {
        Set<TensorSpec> wanted = Set.copyOf(specs(snapshot));
        Set<TensorSpec> found =
                file.header().tensors().stream().map(TensorEntry::spec).collect(Collectors.toSet());
        if (!found.equals(wanted)) {
            wanted = new HashSet<>(wanted);
            wanted.removeAll(found);
            throw new IllegalArgumentException(file.path() + ": not a resume point of this training; it lacks "
                    + (wanted.isEmpty() ? "nothing, but holds more" : wanted));
        }
    }

    private static void readFloats(SafetensorsFile file, String name, NDArray flat) {
        TensorEntry tensor = file.tensor(name);
        Pieces.of(tensor.elements(), (from, count) -> {
            float[] values = new float[count];
            file.readFloats(tensor, from, values, 0, count);
            Torch.put(flat, from, values);
        });
    }

    private static void readEvidence(SafetensorsFile file, Evidence evidence) {
        for (Evidence.Kind kind : Evidence.Kind.values()) {
            TensorEntry tensor = file.tensor(name(kind));
            Pieces.of(evidence.parameters(), (from, count) -> {
                byte[] packed = new byte[(int) EvidenceTensors.bytes(count)];
                file.readBytes(tensor, from / Byte.SIZE, packed, 0, packed.length);
                evidence.unpack(kind, from, count, packed);
            });
        }
    }
}
