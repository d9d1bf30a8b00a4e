package io.thetascope.trainer.checkpoint;

import io.thetascope.artifacts.safetensors.DType;
import io.thetascope.artifacts.safetensors.SafetensorsFile;
import io.thetascope.artifacts.safetensors.SafetensorsWriter;
import io.thetascope.artifacts.safetensors.TensorEntry;
import io.thetascope.artifacts.safetensors.TensorSpec;
import io.thetascope.networks.Buffer;
import io.thetascope.networks.Parameter;
import io.thetascope.networks.StateTensor;
import io.thetascope.trainer.network.NetworkState;
import java.util.List;
import java.util.stream.Stream;

/** The weights and running statistics of a network as tensors of a file, under torchvision's names. */
final class StateTensors {
    private StateTensors() {}

    /** Returns what is written, in PyTorch's order. */
    static List<TensorSpec> specs(NetworkState state) {
        return state.network().state().stream().map(StateTensors::spec).toList();
    }

    private static TensorSpec spec(StateTensor tensor) {
        boolean count = tensor instanceof Buffer buffer && buffer.type() == Buffer.ElementType.I64;
        return new TensorSpec(
                tensor.name(),
                count ? DType.I64 : DType.F32,
                tensor.shape().extents().stream().map(Integer::longValue).toList());
    }

    /** Writes a tensor, if it is one of the network's. */
    static void write(SafetensorsWriter writer, TensorSpec tensor, NetworkState state) {
        List<Parameter> parameters = state.weights().parameters();
        for (int i = 0; i < parameters.size(); i++) {
            if (parameters.get(i).name().equals(tensor.name())) {
                int number = i;
                Pieces.of(
                        tensor.elements(),
                        (from, count) -> writer.writeFloats(
                                tensor.name(), state.weights().read(number, from, count)));
                return;
            }
        }
        if (tensor.dtype() == DType.I64) {
            writer.writeLongs(tensor.name(), state.statistics().count(tensor.name()));
        } else {
            writer.writeFloats(tensor.name(), state.statistics().read(tensor.name()));
        }
    }

    /**
     * Overwrites some of the state with what a file has.
     *
     * @param wanted the names of those that are taken
     * @throws IllegalArgumentException when one of them is not in the file as the network has it; the message names it
     */
    static void read(SafetensorsFile file, NetworkState state, List<String> wanted) {
        List<Parameter> parameters = state.weights().parameters();
        for (int i = 0; i < parameters.size(); i++) {
            if (wanted.contains(parameters.get(i).name())) {
                readParameter(file, state, i);
            }
        }
        state.network().buffers().stream()
                .filter(buffer -> wanted.contains(buffer.name()))
                .forEach(buffer -> readBuffer(file, state, buffer));
    }

    private static void readParameter(SafetensorsFile file, NetworkState state, int number) {
        Parameter parameter = state.weights().parameters().get(number);
        TensorEntry tensor = same(file, parameter);
        Pieces.of(parameter.size(), (from, count) -> {
            float[] values = new float[count];
            file.readFloats(tensor, from, values, 0, count);
            state.weights().write(number, from, values);
        });
    }

    private static void readBuffer(SafetensorsFile file, NetworkState state, Buffer buffer) {
        TensorEntry tensor = same(file, buffer);
        if (buffer.type() == Buffer.ElementType.I64) {
            long[] count = new long[1];
            file.readLongs(tensor, 0, count, 0, 1);
            state.statistics().count(buffer.name(), count[0]);
        } else {
            state.statistics().write(buffer.name(), file.readFloats(tensor));
        }
    }

    private static TensorEntry same(SafetensorsFile file, StateTensor described) {
        TensorEntry found = file.tensor(described.name());
        TensorSpec wanted = spec(described);
        if (!found.spec().equals(wanted)) {
            throw new IllegalArgumentException(file.path() + ": " + found.spec() + " where the network has " + wanted);
        }
        return found;
    }

    /** Returns the names of everything that the network keeps. */
    static List<String> names(NetworkState state) {
        return Stream.concat(state.weights().parameters().stream(), state.statistics().buffers().stream())
                .map(StateTensor::name)
                .toList();
    }
}
