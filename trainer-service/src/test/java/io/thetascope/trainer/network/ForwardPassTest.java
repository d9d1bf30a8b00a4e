package io.thetascope.trainer.network;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.thetascope.networks.Window;
import io.thetascope.trainer.Fixtures;
import io.thetascope.trainer.device.TorchEngine;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class ForwardPassTest {
    private static final Window TWO = Window.tiled(2);

    @Test
    void poolingBeforeReluChangesNeitherAValueNorAGradientAlsoWhereWindowsAreTied() {
        TorchEngine.withThreads(1);
        try (NDManager owner = Engine.getInstance().newBaseManager(Device.cpu())) {
            float[] values = new float[2 * 3 * 8 * 8];
            for (int i = 0; i < values.length; i++) {
                // few distinct values, zero among them: many ties
                values[i] = Math.round(Fixtures.hashed(i, 5) * 4);
            }
            NDArray reluFirst = owner.create(values, new Shape(2, 3, 8, 8));
            NDArray poolFirst = reluFirst.duplicate();
            NDArray asDescribed = run(reluFirst, x -> Torch.maxPool(Torch.relu(x), TWO));
            NDArray asExecuted = run(poolFirst, x -> Torch.relu(Torch.maxPool(x, TWO)));
            assertThat(asExecuted.toFloatArray()).containsExactly(asDescribed.toFloatArray());
            assertThat(poolFirst.getGradient().toFloatArray())
                    .containsExactly(reluFirst.getGradient().toFloatArray());
        }
    }

    private static NDArray run(NDArray input, UnaryOperator<NDArray> layers) {
        input.setRequiresGradient(true);
        try (GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
            NDArray output = layers.apply(input);
            NDArray weighted =
                    output.mul(input.getManager().arange((float) output.size()).reshape(output.getShape()));
            gradients.backward(weighted.sum());
            return output.stopGradient();
        }
    }
}
