package io.thetascope.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import com.fasterxml.jackson.databind.JsonNode;
import io.thetascope.contracts.run.InputShape;
import io.thetascope.networks.NetworkBuilder;
import io.thetascope.networks.NetworkDescription;
import io.thetascope.networks.Networks;
import io.thetascope.networks.input.Normalization;
import io.thetascope.trainer.PyTorchFixture;
import io.thetascope.trainer.checkpoint.DrawnWeights;
import io.thetascope.trainer.data.DataOrder;
import io.thetascope.trainer.data.DeviceImages;
import io.thetascope.trainer.device.TorchEngine;
import io.thetascope.trainer.network.DropoutMasks;
import io.thetascope.trainer.network.ForwardPass;
import io.thetascope.trainer.network.NetworkState;
import io.thetascope.trainer.network.Pass;
import io.thetascope.trainer.optimizer.FlatUpdate;
import io.thetascope.trainer.optimizer.Optimizers;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Oracle: three steps of torchvision's networks under torch.optim of PyTorch 2.7.1, all in double precision. Tolerance: 1e-9, or
 * a thousand times what one unit in the last place at the start makes of the result, whichever is more.
 */
class PyTorchNetworksTest {
    /** Their starts were drawn before a stream named its initialisation. */
    private static final int FORMAT_OF_FIXTURES = 1;

    private static final double TOLERANCE = 1e-9;
    private static final double TIMES_SENSITIVITY = 1e3;

    @ParameterizedTest
    @CsvSource({
        "resnet18-steps.json, 0",
        "resnet18-steps.json, 1",
        "resnet18-steps.json, 2",
        "resnet18-steps.json, 3",
        "resnet18-cifar-steps.json, 0",
        "resnet18-cifar-steps.json, 3",
        "vgg19-small-steps.json, 0",
        "vgg19-small-steps.json, 1",
        "vgg19-small-steps.json, 2",
        "vgg19-small-steps.json, 3"
    })
    void trainsAsTorchvisionsNetworkDoes(String name, int number) {
        JsonNode fixture = PyTorchFixture.read(name);
        JsonNode training = fixture.get("trainings").get(number);
        double sensitivity = training.get("sensitivity").doubleValue();
        NetworkDescription network = Networks.named(fixture.get("network").textValue(), input(fixture));
        check(fixture, training, network, new DropoutMasks(0), Math.max(TOLERANCE, TIMES_SENSITIVITY * sensitivity));
    }

    @Test
    void trainsThroughDropoutAsPyTorchDoesWithTheSameMasks() {
        JsonNode training = PyTorchFixture.read("vgg19-dropout.json").get("training");
        NetworkDescription network = new NetworkBuilder("dropout-stack", input(training))
                .flatten("flatten")
                .linear("classifier.0", 64)
                .relu("classifier.1")
                .dropout("classifier.2", 0.5)
                .linear("classifier.3", 10)
                .build();
        DropoutMasks masks = new DropoutMasks(training.get("dropoutSeed").longValue());
        // its factors are kept in single precision, 2 exactly at p = 0.5
        check(training, training, network, masks, TOLERANCE);
    }

    private static InputShape input(JsonNode fixture) {
        JsonNode input = fixture.get("input");
        return new InputShape(
                input.get("channels").intValue(),
                input.get("height").intValue(),
                input.get("width").intValue());
    }

    private static void check(
            JsonNode fixture, JsonNode training, NetworkDescription network, DropoutMasks masks, double tolerance) {
        int images = fixture.get("images").intValue();
        int steps = fixture.get("steps").intValue();
        try (NDManager owner = TorchEngine.withThreads(1).newBaseManager(Device.cpu());
                NetworkState state = NetworkState.of(owner, network, DataType.FLOAT64);
                DeviceImages set = new DeviceImages(
                        owner,
                        PyTorchFixture.images(
                                images,
                                network.input().channels(),
                                network.input().height()),
                        Normalization.of(fixture.get("dataset").textValue()),
                        network.input(),
                        DataType.FLOAT64);
                BatchFigures figures = new BatchFigures(owner, new int[steps], DataType.FLOAT64)) {
            DrawnWeights.draw(
                    FORMAT_OF_FIXTURES,
                    fixture.get("initialization").textValue(),
                    fixture.get("initSeed").longValue(),
                    state,
                    parameter -> true);
            ForwardPass forward = new ForwardPass(network, state.statistics(), masks);
            assertLogits(fixture.get("evalBefore"), forward, state, set, TOLERANCE);
            train(fixture, training, set, owner, forward, state, figures);
            assertThat(figures.losses())
                    .containsExactly(PyTorchFixture.doubles(training.get("losses")), within(tolerance));
            assertState(training, state, tolerance);
            assertLogits(training.get("evalAfter"), forward, state, set, tolerance);
        }
    }

    private static void train(
            JsonNode fixture,
            JsonNode training,
            DeviceImages set,
            NDManager owner,
            ForwardPass forward,
            NetworkState state,
            BatchFigures figures) {
        var optimizer = PyTorchFixture.optimizer(training.get("optimizer"));
        FlatUpdate update = new FlatUpdate(owner, Optimizers.of(optimizer), state.weights(), Optional.empty());
        TrainingStep step = new TrainingStep(forward, state.weights(), update, at -> optimizer.learningRate());
        long[] order = new DataOrder(fixture.get("orderSeed").longValue(), set.count()).ofEpoch(1);
        int batch = fixture.get("batch").intValue();
        for (int i = 0; i < figures.hits().length; i++) {
            try (NDManager scope = owner.newSubManager()) {
                long[] index = Arrays.copyOfRange(order, i * batch, (i + 1) * batch);
                step.take(scope, i + 1, set.gather(scope, scope.create(index)), figures);
            }
        }
    }

    private static void assertLogits(
            JsonNode expected, ForwardPass forward, NetworkState state, DeviceImages set, double tolerance) {
        try (NDManager scope = TorchEngine.withThreads(1).newBaseManager(Device.cpu())) {
            NDArray logits = forward.logits(
                    set.range(scope, 0, set.count()).imagesBCHW(),
                    state.weights().views(),
                    Pass.EVALUATION);
            double largest = 0;
            double difference = 0;
            double[] found = logits.reshape(-1).toDoubleArray();
            for (int i = 0; i < found.length; i++) {
                double wanted = expected.get(i / 10).get(i % 10).doubleValue();
                largest = Math.max(largest, Math.abs(wanted));
                difference = Math.max(difference, Math.abs(found[i] - wanted));
            }
            assertThat(difference / largest).isLessThanOrEqualTo(tolerance);
        }
    }

    private static void assertState(JsonNode training, NetworkState state, double tolerance) {
        for (JsonNode tensor : training.get("tensors")) {
            String name = tensor.get("name").textValue();
            double[] found = values(state, name);
            double[] first = PyTorchFixture.doubles(tensor.get("first"));
            double norm = tensor.get("l2").doubleValue();
            assertThat(l2(found)).as(name).isCloseTo(norm, within(tolerance * Math.max(1, norm)));
            for (int i = 0; i < first.length; i++) {
                assertThat(found[i]).as("%s[%d]", name, i).isCloseTo(first[i], within(tolerance * Math.max(1, norm)));
            }
        }
        JsonNode tracked = training.path("batchesTracked");
        state.network().buffers().stream()
                .filter(buffer -> buffer.name().endsWith("num_batches_tracked"))
                .forEach(buffer ->
                        assertThat(state.statistics().count(buffer.name())).isEqualTo(tracked.longValue()));
    }

    private static double[] values(NetworkState state, String name) {
        var parameters = state.weights().parameters();
        for (int i = 0; i < parameters.size(); i++) {
            if (parameters.get(i).name().equals(name)) {
                return state.weights().views().get(i).reshape(-1).toDoubleArray();
            }
        }
        return state.statistics().exact(name);
    }

    private static double l2(double[] values) {
        double square = 0;
        for (double value : values) {
            square += value * value;
        }
        return Math.sqrt(square);
    }
}
