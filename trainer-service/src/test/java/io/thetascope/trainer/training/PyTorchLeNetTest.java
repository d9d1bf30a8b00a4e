package io.thetascope.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.thetascope.artifacts.safetensors.SafetensorsFile;
import io.thetascope.contracts.run.InputShape;
import io.thetascope.networks.Parameter;
import io.thetascope.networks.ParameterKind;
import io.thetascope.networks.input.Normalization;
import io.thetascope.trainer.Fixtures;
import io.thetascope.trainer.SmallData;
import io.thetascope.trainer.data.DeviceImages;
import io.thetascope.trainer.data.HostImages;
import io.thetascope.trainer.device.TorchEngine;
import io.thetascope.trainer.network.DropoutMasks;
import io.thetascope.trainer.network.FlatWeights;
import io.thetascope.trainer.network.ForwardPass;
import io.thetascope.trainer.network.NetworkState;
import io.thetascope.trainer.network.Torch;
import io.thetascope.trainer.optimizer.Adam;
import io.thetascope.trainer.optimizer.FlatUpdate;
import io.thetascope.trainer.optimizer.Optimizer;
import io.thetascope.trainer.optimizer.SgdMomentum;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Oracle: twenty LeNet steps of PyTorch 2.7.1 in double precision (src/test/peer/make_fixtures.py); tolerance 1e-9. */
class PyTorchLeNetTest {
    private static final int STEPS = 20;
    private static final int BATCH = 16;
    private static final double TOLERANCE = 1e-9;

    @ParameterizedTest
    @ValueSource(strings = {"sgd", "adam"})
    void trainsAsPyTorchDoesInDoublePrecision(String name) {
        Optimizer optimizer = name.equals("sgd") ? new SgdMomentum(0.9, 0) : new Adam(0.9, 0.999, 1e-8, 0);
        try (SafetensorsFile fixture = Fixtures.open("lenet-20-steps.safetensors");
                NDManager owner = TorchEngine.withThreads(1).newBaseManager(Device.cpu());
                NetworkState state = NetworkState.of(owner, TrainingFixture.LENET, DataType.FLOAT64);
                DeviceImages images = images(owner);
                BatchFigures figures = new BatchFigures(owner, new int[STEPS], DataType.FLOAT64)) {
            FlatWeights weights = state.weights();
            start(owner, weights);
            TrainingStep step = new TrainingStep(
                    new ForwardPass(TrainingFixture.LENET, state.statistics(), new DropoutMasks(0)),
                    weights,
                    new FlatUpdate(owner, optimizer, weights, Optional.empty()),
                    at -> name.equals("sgd") ? 0.01 : 0.001);
            for (int i = 0; i < STEPS; i++) {
                try (NDManager scope = owner.newSubManager()) {
                    step.take(scope, i + 1, images.range(scope, (long) i * BATCH, (i + 1L) * BATCH), figures);
                }
            }
            assertThat(figures.losses())
                    .containsExactly(Fixtures.doubles(fixture, name + ".losses"), within(TOLERANCE));
            for (int i = 0; i < weights.parameters().size(); i++) {
                assertWeights(
                        fixture,
                        name,
                        weights.parameters().get(i),
                        weights.views().get(i));
            }
        }
    }

    private static DeviceImages images(NDManager owner) {
        int count = STEPS * BATCH;
        byte[] pixels = new byte[count * 1024];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (int) Math.floor((Fixtures.hashed(i, 17) + 0.5) * 256);
        }
        HostImages host = HostImages.padded(count, 1, 32, 32, pixels, SmallData.labels(count));
        return new DeviceImages(
                owner, host, Normalization.of("fashion-mnist"), new InputShape(1, 32, 32), DataType.FLOAT64);
    }

    private static void start(NDManager owner, FlatWeights weights) {
        for (int i = 0; i < weights.parameters().size(); i++) {
            Parameter parameter = weights.parameters().get(i);
            double bound = parameter.kind() == ParameterKind.BIAS ? 0 : Math.sqrt(6.0 / parameter.fanIn());
            double[] values = new double[Math.toIntExact(parameter.size())];
            for (int at = 0; at < values.length; at++) {
                values[at] = Fixtures.hashed(at, 1000L * i) * 2 * bound;
            }
            Torch.copy(owner.create(values), weights.views().get(i).reshape(-1));
        }
    }

    private static void assertWeights(SafetensorsFile fixture, String name, Parameter parameter, NDArray view) {
        double[] found = view.reshape(-1).toDoubleArray();
        double[] expected = Fixtures.doubles(fixture, name + "." + parameter.name());
        int stride = Math.max(1, found.length / 50);
        double square = 0;
        for (int at = 0; at < found.length; at++) {
            square += found[at] * found[at];
            if (at % stride == 0) {
                assertThat(found[at])
                        .as("%s of %s at %d", name, parameter.name(), at)
                        .isCloseTo(expected[at / stride], within(TOLERANCE));
            }
        }
        double norm = Fixtures.doubles(fixture, name + ".norm." + parameter.name())[0];
        assertThat(Math.sqrt(square)).as(parameter.name()).isCloseTo(norm, within(TOLERANCE * Math.max(1, norm)));
    }
}
