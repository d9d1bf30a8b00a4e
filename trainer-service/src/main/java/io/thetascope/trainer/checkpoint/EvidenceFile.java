package io.thetascope.trainer.checkpoint;

import io.thetascope.artifacts.EvidenceTensors;
import io.thetascope.artifacts.safetensors.DType;
import io.thetascope.artifacts.safetensors.SafetensorsWriter;
import io.thetascope.artifacts.safetensors.TensorSpec;
import io.thetascope.artifacts.safetensors.WrittenFile;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.identity.Step;
import io.thetascope.networks.Parameter;
import io.thetascope.trainer.optimizer.Evidence;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Which parameters ever had a gradient, and which ever changed, up to a step; see {@link EvidenceTensors}. */
public final class EvidenceFile {
    private EvidenceFile() {}

    /** Writes the bits as they are. */
    public static WrittenFile write(
            Path target, RunId run, Step step, int epoch, List<Parameter> parameters, Evidence evidence) {
        List<TensorSpec> tensors = new ArrayList<>();
        for (Parameter parameter : parameters) {
            List<Long> shape = List.of(EvidenceTensors.bytes(parameter.size()));
            tensors.add(new TensorSpec(EvidenceTensors.gradientSeen(parameter.name()), DType.U8, shape));
            tensors.add(new TensorSpec(EvidenceTensors.valueChanged(parameter.name()), DType.U8, shape));
        }
        try (SafetensorsWriter writer =
                SafetensorsWriter.create(target, CheckpointFile.metadata(run, step, epoch), tensors)) {
            long offset = 0;
            for (Parameter parameter : parameters) {
                Bits bits = new Bits(evidence, offset, parameter.size());
                bits.write(writer, EvidenceTensors.gradientSeen(parameter.name()), Evidence.Kind.GRADIENT_SEEN);
                bits.write(writer, EvidenceTensors.valueChanged(parameter.name()), Evidence.Kind.VALUE_CHANGED);
                offset += parameter.size();
            }
            return writer.finish();
        }
    }

    /** A part of the flat bits. */
    record Bits(Evidence evidence, long offset, long elements) {
        void write(SafetensorsWriter writer, String tensor, Evidence.Kind kind) {
            Pieces.of(elements, (from, count) -> {
                byte[] packed = evidence.packed(kind, offset + from, count);
                writer.writeBytes(tensor, packed, 0, packed.length);
            });
        }
    }
}
