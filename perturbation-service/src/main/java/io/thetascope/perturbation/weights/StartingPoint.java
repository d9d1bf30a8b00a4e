package io.thetascope.perturbation.weights;

import io.thetascope.artifacts.safetensors.DType;
import io.thetascope.artifacts.safetensors.MalformedSafetensorsException;
import io.thetascope.artifacts.safetensors.SafetensorsFile;
import io.thetascope.artifacts.safetensors.SafetensorsWriter;
import io.thetascope.artifacts.safetensors.TensorEntry;
import io.thetascope.artifacts.safetensors.WrittenFile;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.networks.NetworkDescription;
import io.thetascope.networks.Parameter;
import io.thetascope.networks.StateTensor;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Writes a child's step-0 checkpoint in one pass over its parent's final one, after one that measures it where the change
 * needs that, with bounded memory: the trainable parameters changed, the buffers as they are, the metadata the child's.
 */
public final class StartingPoint {
    private static final int CHUNK_BYTES = 1 << 20;

    private final SafetensorsFile parent;
    private final SafetensorsWriter child;
    private final WeightChange change;
    private final Map<String, Parameter> trainable;

    private StartingPoint(SafetensorsFile parent, SafetensorsWriter child, ChildPlan.Possible plan) {
        this.parent = parent;
        this.child = child;
        this.change = plan.change().on(parent);
        this.trainable = plan.network().parameters().stream()
                .collect(Collectors.toUnmodifiableMap(Parameter::name, parameter -> parameter));
    }

    /**
     * Writes the file.
     *
     * @param parentFile the parent's final checkpoint
     * @param child whose starting point it will be
     * @param target where it will be; its folder exists
     * @throws MalformedSafetensorsException when the parent's file does not hold the network's tensors
     */
    public static WrittenFile write(Path parentFile, RunId child, ChildPlan.Possible plan, Path target) {
        try (SafetensorsFile parent = SafetensorsFile.open(parentFile)) {
            List<TensorEntry> tensors = parent.header().tensors();
            requireTensorsOf(plan.network(), tensors, parentFile);
            requireFloats(plan.network(), parent);
            try (SafetensorsWriter writer = SafetensorsWriter.create(
                    target,
                    CheckpointMetadata.startOf(child, parent.header().metadata()),
                    tensors.stream().map(TensorEntry::spec).toList())) {
                StartingPoint start = new StartingPoint(parent, writer, plan);
                tensors.forEach(start::copy);
                return writer.finish();
            }
        }
    }

    private static void requireTensorsOf(NetworkDescription network, List<TensorEntry> tensors, Path file) {
        Set<String> wanted =
                network.state().stream().map(StartingPoint::described).collect(Collectors.toSet());
        Set<String> found = tensors.stream().map(StartingPoint::described).collect(Collectors.toSet());
        if (!found.equals(wanted)) {
            Set<String> missing = new TreeSet<>(wanted);
            missing.removeAll(found);
            Set<String> foreign = new TreeSet<>(found);
            foreign.removeAll(wanted);
            throw new MalformedSafetensorsException(
                    file.toString(),
                    "not a checkpoint of " + network.name() + ": lacks " + missing + ", has " + foreign);
        }
    }

    private static void requireFloats(NetworkDescription network, SafetensorsFile parent) {
        for (Parameter parameter : network.parameters()) {
            DType found = parent.tensor(parameter.name()).dtype();
            if (found != DType.F32) {
                throw new MalformedSafetensorsException(
                        parent.path().toString(), parameter.name() + " is " + found + " where F32 is needed");
            }
        }
    }

    private static String described(StateTensor tensor) {
        return tensor.name() + " " + tensor.elementBytes() + "x"
                + tensor.shape().extents();
    }

    private static String described(TensorEntry tensor) {
        return tensor.name() + " " + tensor.dtype().bytes() + "x" + tensor.shape();
    }

    private void copy(TensorEntry tensor) {
        Parameter parameter = trainable.get(tensor.name());
        if (parameter == null) {
            copyBytes(tensor);
        } else {
            copyChanged(parameter, tensor);
        }
    }

    private void copyChanged(Parameter parameter, TensorEntry tensor) {
        parent.forEachChunk(tensor, (from, values, count) -> {
            change.apply(parameter, from, values, count);
            child.writeFloats(tensor.name(), values, 0, count);
        });
    }

    private void copyBytes(TensorEntry tensor) {
        byte[] chunk = new byte[(int) Math.min(tensor.byteCount(), CHUNK_BYTES)];
        for (long from = 0; from < tensor.byteCount(); from += chunk.length) {
            int count = (int) Math.min(chunk.length, tensor.byteCount() - from);
            parent.readBytes(tensor, from, chunk, 0, count);
            child.writeBytes(tensor.name(), chunk, 0, count);
        }
    }
}
