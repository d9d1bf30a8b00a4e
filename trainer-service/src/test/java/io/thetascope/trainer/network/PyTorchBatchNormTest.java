package io.thetascope.trainer.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import com.fasterxml.jackson.databind.JsonNode;
import io.thetascope.networks.BatchNorm2d;
import io.thetascope.trainer.PyTorchFixture;
import io.thetascope.trainer.device.TorchEngine;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Oracle: BatchNorm2d of PyTorch 2.7.1 in double precision; tolerance 1e-12. */
class PyTorchBatchNormTest {
    private static final double TOLERANCE = 1e-12;
    private static final Shape BCHW = new Shape(4, 3, 5, 5);

    @Test
    void normalisesKeepsStatisticsAndDifferentiatesAsPyTorchDoes() {
        JsonNode fixture = PyTorchFixture.read("batchnorm.json");
        BatchNorm2d layer = new BatchNorm2d(
                "bn",
                "images",
                io.thetascope.networks.Shape.of(3, 5, 5),
                fixture.get("epsilon").doubleValue(),
                fixture.get("momentum").doubleValue());
        try (NDManager owner = TorchEngine.withThreads(1).newBaseManager(Device.cpu());
                RunningStatistics statistics = new RunningStatistics(owner, layer.buffers(), DataType.FLOAT64)) {
            LayerOperation norm = LayerOperation.of(layer, statistics, new DropoutMasks(0));
            List<NDArray> affine = List.of(
                    owner.create(PyTorchFixture.doubles(fixture.get("weight"))),
                    owner.create(PyTorchFixture.doubles(fixture.get("bias"))));
            for (JsonNode batch : fixture.get("batches")) {
                assertBatch(batch, norm, affine, owner);
                assertClose(statistics.exact("bn.running_mean"), batch.get("runningMean"));
                assertClose(statistics.exact("bn.running_var"), batch.get("runningVar"));
                assertThat(statistics.count("bn.num_batches_tracked"))
                        .isEqualTo(batch.get("batchesTracked").longValue());
            }
            NDArray last = images(owner, fixture.get("batches").get(1).get("input"));
            NDArray output = norm.apply(List.of(last), affine, Pass.EVALUATION);
            assertClose(output.reshape(-1).toDoubleArray(), fixture.get("evalOutput"));
        }
    }

    private static void assertBatch(JsonNode batch, LayerOperation norm, List<NDArray> affine, NDManager owner) {
        NDArray input = images(owner, batch.get("input"));
        List<NDArray> leaves =
                affine.stream().map(a -> Torch.leaf(a.duplicate(), owner)).toList();
        input.setRequiresGradient(true);
        try (GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
            NDArray output = norm.apply(List.of(input), leaves, Pass.training(1));
            gradients.backward(output.mul(images(owner, batch.get("upstream"))).sum());
            assertClose(output.stopGradient().reshape(-1).toDoubleArray(), batch.get("output"));
        }
        assertClose(input.getGradient().reshape(-1).toDoubleArray(), batch.get("inputGradient"));
        assertClose(leaves.get(0).getGradient().toDoubleArray(), batch.get("weightGradient"));
        assertClose(leaves.get(1).getGradient().toDoubleArray(), batch.get("biasGradient"));
    }

    private static NDArray images(NDManager owner, JsonNode flat) {
        return owner.create(PyTorchFixture.doubles(flat), BCHW);
    }

    private static void assertClose(double[] found, JsonNode expected) {
        assertThat(found).containsExactly(PyTorchFixture.doubles(expected), within(TOLERANCE));
    }
}
