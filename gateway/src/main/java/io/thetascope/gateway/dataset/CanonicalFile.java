package io.thetascope.gateway.dataset;

import io.thetascope.artifacts.DatasetTensors;
import io.thetascope.artifacts.safetensors.DType;
import io.thetascope.artifacts.safetensors.SafetensorsWriter;
import io.thetascope.artifacts.safetensors.TensorSpec;
import io.thetascope.artifacts.safetensors.WrittenFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The one form in which everyone reads a data set: images as they are, U8 N x C x H x W, not padded, and labels I64. */
final class CanonicalFile {
    private static final String FORMAT_VERSION = "1";
    private static final int CHUNK = 1 << 20;

    private CanonicalFile() {}

    /** Writes it; the same images give the same bytes. */
    static WrittenFile write(Path target, KnownDataset dataset, Split train, Split test) throws IOException {
        List<TensorSpec> tensors = TensorSpec.widestFirst(List.of(
                images(DatasetTensors.images(DatasetTensors.TRAIN), train),
                labels(DatasetTensors.labels(DatasetTensors.TRAIN), train),
                images(DatasetTensors.images(DatasetTensors.TEST), test),
                labels(DatasetTensors.labels(DatasetTensors.TEST), test)));
        Map<String, String> metadata = Map.of("dataset", dataset.datasetName(), "format_version", FORMAT_VERSION);
        try (SafetensorsWriter writer = SafetensorsWriter.create(target, metadata, tensors)) {
            for (TensorSpec tensor : tensors) {
                Split split = tensor.name().startsWith(DatasetTensors.TRAIN) ? train : test;
                if (tensor.dtype() == DType.I64) {
                    writer.writeLongs(tensor.name(), split.longLabels());
                } else {
                    copyPixels(split, tensor.name(), writer);
                }
            }
            return writer.finish();
        }
    }

    private static void copyPixels(Split split, String tensor, SafetensorsWriter writer) throws IOException {
        byte[] chunk = new byte[CHUNK];
        try (InputStream pixels = split.openPixels()) {
            for (int count = pixels.read(chunk); count >= 0; count = pixels.read(chunk)) {
                writer.writeBytes(tensor, chunk, 0, count);
            }
        }
    }

    private static TensorSpec images(String name, Split split) {
        Split.ImageSize size = split.size();
        return new TensorSpec(
                name, DType.U8, List.of((long) split.count(), (long) size.channels(), (long) size.height(), (long)
                        size.width()));
    }

    private static TensorSpec labels(String name, Split split) {
        return new TensorSpec(name, DType.I64, List.of((long) split.count()));
    }
}
