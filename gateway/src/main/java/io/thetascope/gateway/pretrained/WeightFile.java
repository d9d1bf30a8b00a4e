package io.thetascope.gateway.pretrained;

import static io.thetascope.gateway.pretrained.WeightUploads.refused;

import io.thetascope.artifacts.safetensors.DType;
import io.thetascope.artifacts.safetensors.MalformedSafetensorsException;
import io.thetascope.artifacts.safetensors.SafetensorsFile;
import io.thetascope.artifacts.safetensors.TensorEntry;
import io.thetascope.gateway.request.RefusedRequestException;
import io.thetascope.networks.NetworkDescription;
import io.thetascope.networks.Parameter;
import io.thetascope.networks.PretrainedFit;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Verifies an untrusted file of weights: format, element types, finite values, and that it fits a network. */
final class WeightFile {
    private static final String BATCH_COUNT = ".num_batches_tracked";
    // torch.save writes a zip since PyTorch 1.6, a bare pickle before
    private static final byte PICKLE = (byte) 0x80;
    private static final int OLDEST_PICKLE = 2;
    private static final int NEWEST_PICKLE = 5;
    private static final String PICKLED =
            "a pickle (.pth, .pt) can run code when it is opened, so it is never read; make a safetensors file of it in"
                    + " Python:\nimport torch, safetensors.torch\nsafetensors.torch.save_file("
                    + "torch.load(\"weights.pth\", weights_only=True), \"weights.safetensors\")";

    private WeightFile() {}

    /**
     * Verifies a file.
     *
     * @param networks one network at the inputs that it may have; the one counts whose first weights have the file's shape
     * @throws RefusedRequestException with what is wrong and what to do
     */
    static PretrainedFit verify(Path path, List<NetworkDescription> networks) {
        try (SafetensorsFile file = SafetensorsFile.open(path)) {
            List<TensorEntry> tensors = file.header().tensors();
            Map<String, List<Long>> shapes =
                    tensors.stream().collect(Collectors.toMap(TensorEntry::name, TensorEntry::shape));
            PretrainedFit fit = PretrainedFit.of(atItsInput(networks, shapes), shapes);
            for (TensorEntry tensor : tensors) {
                requireType(tensor);
                requireFinite(file, tensor);
            }
            return fit;
        } catch (MalformedSafetensorsException e) {
            throw refused(
                    isPickle(path) ? PICKLED : String.valueOf(e.getMessage()).replace(path.toString(), "the upload"));
        } catch (IllegalArgumentException e) {
            throw refused("send weights of this network: " + e.getMessage());
        }
    }

    private static NetworkDescription atItsInput(List<NetworkDescription> networks, Map<String, List<Long>> shapes) {
        return networks.stream()
                .filter(network -> hasFirstWeightsOf(network, shapes))
                .findFirst()
                .orElse(networks.get(0));
    }

    private static boolean hasFirstWeightsOf(NetworkDescription network, Map<String, List<Long>> shapes) {
        Parameter first = network.parameters().get(0);
        return first.shape().extents().stream().map(Integer::longValue).toList().equals(shapes.get(first.name()));
    }

    /** Of a file that is no safetensors file: a sound header's length may begin with the same bytes. */
    private static boolean isPickle(Path path) {
        try (InputStream in = Files.newInputStream(path)) {
            byte[] start = in.readNBytes(2);
            if (start.length < 2) {
                return false;
            }
            boolean zip = start[0] == 'P' && start[1] == 'K';
            return zip || (start[0] == PICKLE && start[1] >= OLDEST_PICKLE && start[1] <= NEWEST_PICKLE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + path, e);
        }
    }

    private static void requireType(TensorEntry tensor) {
        DType wanted = tensor.name().endsWith(BATCH_COUNT) ? DType.I64 : DType.F32;
        if (tensor.dtype() != wanted) {
            throw refused("tensor " + tensor.name() + " is " + tensor.dtype() + "; save it as " + wanted);
        }
    }

    private static void requireFinite(SafetensorsFile file, TensorEntry tensor) {
        if (tensor.dtype() == DType.F32) {
            file.forEachChunk(tensor, (from, values, count) -> {
                for (int i = 0; i < count; i++) {
                    if (!Float.isFinite(values[i])) {
                        throw refused("tensor " + tensor.name() + " holds " + values[i] + " at element " + (from + i)
                                + "; send weights that are finite");
                    }
                }
            });
        }
    }
}
