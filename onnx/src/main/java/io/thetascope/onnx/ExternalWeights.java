package io.thetascope.onnx;

import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.thetascope.artifacts.safetensors.DType;
import io.thetascope.artifacts.safetensors.SafetensorsHeader;
import io.thetascope.artifacts.safetensors.TensorEntry;
import io.thetascope.networks.StateTensor;
import java.util.List;

/** Initializers that point into a safetensors file: its tensors are raw little-endian floats, as ONNX wants them. */
final class ExternalWeights {

    private final SafetensorsHeader checkpoint;
    private final String dataFile;

    /**
     * Weights of one checkpoint.
     *
     * @param checkpoint the verified header
     * @param dataFile plain name of the checkpoint's file, beside the model
     */
    ExternalWeights(SafetensorsHeader checkpoint, String dataFile) {
        if (dataFile.isBlank() || dataFile.contains("/") || dataFile.contains("\\") || dataFile.equals("..")) {
            throw new IllegalArgumentException(
                    "the data file must be a plain name beside the model, since ONNX refuses other places: "
                            + dataFile);
        }
        this.checkpoint = checkpoint;
        this.dataFile = dataFile;
    }

    /**
     * The initializer of a float tensor.
     *
     * @throws CheckpointMismatchException when the checkpoint lacks it, or has it in another type or shape
     */
    TensorProto initializer(StateTensor tensor) {
        TensorEntry entry = entryOf(tensor);
        return TensorProto.newBuilder()
                .setName(tensor.name())
                .setDataType(TensorProto.DataType.FLOAT_VALUE)
                .addAllDims(entry.shape())
                .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                .addExternalData(pair("location", dataFile))
                .addExternalData(pair("offset", Long.toString(checkpoint.fileOffset(entry))))
                .addExternalData(pair("length", Long.toString(entry.byteCount())))
                .build();
    }

    private TensorEntry entryOf(StateTensor tensor) {
        TensorEntry entry = checkpoint
                .find(tensor.name())
                .orElseThrow(() -> new CheckpointMismatchException(
                        dataFile + " lacks tensor " + tensor.name() + "; is it a checkpoint of this network?"));
        List<Long> wanted =
                tensor.shape().extents().stream().map(Integer::longValue).toList();
        if (entry.dtype() != DType.F32 || !entry.shape().equals(wanted)) {
            throw new CheckpointMismatchException(dataFile + ": tensor " + tensor.name() + " is " + entry.dtype() + " "
                    + entry.shape() + " where F32 " + wanted + " is needed");
        }
        return entry;
    }

    private static StringStringEntryProto pair(String key, String value) {
        return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
    }
}
