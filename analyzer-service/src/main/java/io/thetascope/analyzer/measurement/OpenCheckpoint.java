package io.thetascope.analyzer.measurement;

import io.thetascope.analyzer.cache.CachedFile;
import io.thetascope.artifacts.safetensors.DType;
import io.thetascope.artifacts.safetensors.SafetensorsFile;
import io.thetascope.artifacts.safetensors.SafetensorsHeader;
import io.thetascope.artifacts.safetensors.TensorEntry;
import io.thetascope.contracts.analysis.AnalysisInput;
import io.thetascope.measures.NotMeasurableException;
import io.thetascope.measures.Weights;
import io.thetascope.measures.symmetry.NormBuffers;
import io.thetascope.networks.NetworkDescription;
import io.thetascope.networks.Parameter;
import io.thetascope.networks.StateTensor;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A verified checkpoint that is being read. One thread at a time. Caller closes it. */
final class OpenCheckpoint implements AutoCloseable {
    private final String label;
    private final CachedFile file;
    private final SafetensorsFile tensors;

    private OpenCheckpoint(AnalysisInput of, CachedFile file, SafetensorsFile tensors) {
        this.label = of.runId() + "@" + of.step();
        this.file = file;
        this.tensors = tensors;
    }

    /**
     * Opens a checkpoint.
     *
     * @param of which one it must be
     * @param file its verified bytes
     * @throws NotMeasurableException when the file says that it is another one, or does not say which
     */
    static OpenCheckpoint open(AnalysisInput of, CachedFile file) {
        SafetensorsFile tensors = SafetensorsFile.open(file.path());
        OpenCheckpoint checkpoint = new OpenCheckpoint(of, file, tensors);
        try {
            checkpoint.requireSays("run_id", of.runId().value());
            checkpoint.requireSays("step", of.step().toString());
            return checkpoint;
        } catch (RuntimeException e) {
            checkpoint.close();
            throw e;
        }
    }

    private void requireSays(String key, String expected) {
        String says = tensors.header().metadata().get(key);
        if (!expected.equals(says)) {
            throw new NotMeasurableException("checkpoint " + label + ": the file says " + key + " "
                    + (says == null ? "nowhere" : says) + " where " + expected
                    + " is needed, so it is not this checkpoint; restore the object that belongs there and ask again");
        }
    }

    /** Returns where the file is. */
    Path path() {
        return file.path();
    }

    /** Returns what the file holds. */
    SafetensorsHeader header() {
        return tensors.header();
    }

    CachedFile file() {
        return file;
    }

    SafetensorsFile tensors() {
        return tensors;
    }

    /**
     * Returns the parameters of a network.
     *
     * @throws NotMeasurableException when the checkpoint lacks one, or has it in another type or shape
     */
    Weights weights(NetworkDescription network) {
        Map<String, TensorEntry> entries = tensors.header().byName();
        for (Parameter parameter : network.parameters()) {
            require(parameter, entries.get(parameter.name()));
        }
        return (parameter, from, into, count) -> {
            TensorEntry entry = entries.get(parameter.name());
            if (entry == null) {
                throw new IllegalArgumentException("not a parameter of " + network.name() + ": " + parameter.name());
            }
            tensors.readFloats(entry, from, into, 0, count);
        };
    }

    /** Returns the running statistics; one that the checkpoint lacks, or has otherwise, is refused when it is read. */
    NormBuffers buffers() {
        return buffer -> {
            TensorEntry entry = tensors.header().byName().get(buffer.name());
            require(buffer, entry);
            return tensors.readFloats(Objects.requireNonNull(entry));
        };
    }

    private void require(StateTensor tensor, @Nullable TensorEntry entry) {
        List<Long> shape =
                tensor.shape().extents().stream().map(Integer::longValue).toList();
        if (entry == null || entry.dtype() != DType.F32 || !entry.shape().equals(shape)) {
            String found = entry == null ? "missing" : entry.dtype() + " " + entry.shape();
            throw new NotMeasurableException("checkpoint " + label + ": tensor " + tensor.name() + " is " + found
                    + " where F32 " + shape + " is needed; is it a checkpoint of this network?");
        }
    }

    @Override
    public void close() {
        tensors.close();
    }
}
