package io.thetascope.analyzer.measurement;

import io.thetascope.analyzer.cache.CachedFile;
import io.thetascope.artifacts.EvidenceTensors;
import io.thetascope.artifacts.safetensors.DType;
import io.thetascope.artifacts.safetensors.SafetensorsFile;
import io.thetascope.artifacts.safetensors.TensorEntry;
import io.thetascope.contracts.analysis.AnalysisInput;
import io.thetascope.contracts.analysis.InputRead;
import io.thetascope.measures.Evidence;
import io.thetascope.measures.NotMeasurableException;
import io.thetascope.networks.NetworkDescription;
import io.thetascope.networks.Parameter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The verified evidence of a checkpoint that is being read. One thread at a time. Caller closes it. */
final class OpenEvidence implements AutoCloseable {
    private final AnalysisInput checkpoint;
    private final CachedFile file;
    private final SafetensorsFile tensors;

    private OpenEvidence(AnalysisInput checkpoint, CachedFile file, SafetensorsFile tensors) {
        this.checkpoint = checkpoint;
        this.file = file;
        this.tensors = tensors;
    }

    /**
     * Opens evidence.
     *
     * @param checkpoint whose
     * @param file its verified bytes
     */
    static OpenEvidence open(AnalysisInput checkpoint, CachedFile file) {
        return new OpenEvidence(checkpoint, file, SafetensorsFile.open(file.path()));
    }

    /**
     * Returns the bits of the parameters of a network.
     *
     * @throws NotMeasurableException when the evidence lacks those of a parameter, or has them in another type or length
     */
    Evidence bits(NetworkDescription network) {
        Map<String, TensorEntry> entries = tensors.header().byName();
        for (Parameter parameter : network.parameters()) {
            for (Evidence.Bit bit : Evidence.Bit.values()) {
                require(parameter, name(parameter, bit), entries.get(name(parameter, bit)));
            }
        }
        return (parameter, bit, from, into, count) -> {
            TensorEntry entry = entries.get(name(parameter, bit));
            if (entry == null) {
                throw new IllegalArgumentException("not a parameter of " + network.name() + ": " + parameter.name());
            }
            tensors.readBytes(entry, from / Byte.SIZE, into, 0, (int) EvidenceTensors.bytes(count));
        };
    }

    private static String name(Parameter parameter, Evidence.Bit bit) {
        return switch (bit) {
            case GRADIENT_SEEN -> EvidenceTensors.gradientSeen(parameter.name());
            case VALUE_CHANGED -> EvidenceTensors.valueChanged(parameter.name());
        };
    }

    private void require(Parameter parameter, String name, @Nullable TensorEntry entry) {
        List<Long> shape = List.of(EvidenceTensors.bytes(parameter.size()));
        if (entry == null || entry.dtype() != DType.U8 || !entry.shape().equals(shape)) {
            String found = entry == null ? "missing" : entry.dtype() + " " + entry.shape();
            throw new NotMeasurableException("evidence of " + checkpoint.runId() + "@" + checkpoint.step()
                    + ": tensor " + name + " is " + found + " where U8 " + shape
                    + " is needed; is it evidence of this network?");
        }
    }

    /** Returns what was read. */
    InputRead read() {
        return new InputRead(InputRead.EVIDENCE, checkpoint.runId(), checkpoint.step(), file.digest());
    }

    @Override
    public void close() {
        tensors.close();
    }
}
