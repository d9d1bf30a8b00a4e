package io.thetascope.trainer.optimizer;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.thetascope.artifacts.safetensors.SafetensorsFile;
import io.thetascope.networks.Parameter;
import io.thetascope.networks.ParameterKind;
import io.thetascope.trainer.Fixtures;
import io.thetascope.trainer.device.TorchEngine;
import io.thetascope.trainer.network.FlatWeights;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Oracle: torch.optim of PyTorch 2.7.1 (src/test/peer/make_fixtures.py); tolerance 1e-6 of each tensor's norm. */
class PyTorchOptimizersTest {
    private static final int STEPS = 5;
    private static final List<Parameter> PARAMETERS = List.of(
            new Parameter("a", io.thetascope.networks.Shape.of(7, 5), ParameterKind.WEIGHT, "a", 5),
            new Parameter("b", io.thetascope.networks.Shape.of(11), ParameterKind.BIAS, "b", 5));

    @ParameterizedTest
    @CsvSource({"sgd, 262144", "sgd-decay, 262144", "adam, 262144", "adam-decay, 262144", "sgd, 8", "adam, 8"})
    void updatesAsPyTorchDoesWhateverTheStretches(String name, long stretch) {
        Optimizer optimizer = optimizer(name);
        try (SafetensorsFile fixture = Fixtures.open("optimizers.safetensors");
                NDManager owner = TorchEngine.withThreads(1).newBaseManager(Device.cpu());
                FlatWeights weights = new FlatWeights(owner, PARAMETERS, DataType.FLOAT32)) {
            IntStream.range(0, 2).forEach(i -> weights.write(i, 0, read(fixture, "start." + i)));
            FlatUpdate update = new FlatUpdate(owner, optimizer, weights, Optional.empty(), stretch);
            for (int step = 0; step < STEPS; step++) {
                double full = name.startsWith("sgd") ? 0.01 : 0.001;
                update.apply(gradients(owner, fixture, step), step + 1, step < 3 ? full : full / 2);
                for (int i = 0; i < PARAMETERS.size(); i++) {
                    float[] expected = read(fixture, name + "." + step + "." + i);
                    assertThat(relativeDistance(weights.read(i, 0, expected.length), expected))
                            .as("%s after step %d, tensor %d", name, step + 1, i)
                            .isLessThanOrEqualTo(1e-6);
                }
            }
        }
    }

    private static Optimizer optimizer(String name) {
        double decay = name.endsWith("-decay") ? 0.05 : 0;
        return name.startsWith("sgd") ? new SgdMomentum(0.9, decay) : new Adam(0.9, 0.999, 1e-8, decay);
    }

    private static List<NDArray> gradients(NDManager owner, SafetensorsFile fixture, int step) {
        return IntStream.range(0, PARAMETERS.size())
                .mapToObj(i -> owner.create(read(fixture, "gradient." + step + "." + i), shape(PARAMETERS.get(i))))
                .toList();
    }

    private static Shape shape(Parameter parameter) {
        return new Shape(parameter.shape().extents().stream()
                .mapToLong(Integer::longValue)
                .toArray());
    }

    private static float[] read(SafetensorsFile fixture, String name) {
        return fixture.readFloats(fixture.tensor(name));
    }

    private static double relativeDistance(float[] found, float[] expected) {
        double difference = 0;
        double norm = 0;
        for (int i = 0; i < expected.length; i++) {
            difference += Math.pow((double) found[i] - expected[i], 2);
            norm += Math.pow(expected[i], 2);
        }
        return Math.sqrt(difference / norm);
    }
}
