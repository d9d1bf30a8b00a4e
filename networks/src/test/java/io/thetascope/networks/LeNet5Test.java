package io.thetascope.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thetascope.contracts.run.InputShape;
import org.junit.jupiter.api.Test;

/** Oracles: MEASURES §1 (parameter counts) and the layer table of LeCun et al. 1998 with full connections. */
class LeNet5Test {

    private final NetworkDescription grey = Networks.named("lenet", new InputShape(1, 32, 32));
    private final NetworkDescription colour = Networks.named("lenet", new InputShape(3, 32, 32));

    @Test
    void hasTheParametersOfTheLiterature() {
        assertThat(grey.parameterCount()).isEqualTo(61_706);
        assertThat(colour.parameterCount()).isEqualTo(62_006);
        assertThat(grey.checkpointBytes()).isEqualTo(4 * 61_706);
    }

    @Test
    void namesAndShapesAreThoseOfAPlainPyTorchModule() {
        assertThat(grey.parameters())
                .extracting(parameter -> parameter.name() + parameter.shape() + parameter.fanIn())
                .containsExactly(
                        "conv1.weight[6x1x5x5]25",
                        "conv1.bias[6]25",
                        "conv2.weight[16x6x5x5]150",
                        "conv2.bias[16]150",
                        "fc1.weight[120x400]400",
                        "fc1.bias[120]400",
                        "fc2.weight[84x120]120",
                        "fc2.bias[84]120",
                        "fc3.weight[10x84]84",
                        "fc3.bias[10]84");
        assertThat(grey.buffers()).isEmpty();
        assertThat(grey.state()).hasSize(10);
    }

    @Test
    void activationsShrinkAsInTheLiterature() {
        assertThat(grey.layers())
                .extracting(layer -> layer.name() + layer.outputShape())
                .containsExactly(
                        "conv1[6x28x28]",
                        "relu1[6x28x28]",
                        "pool1[6x14x14]",
                        "conv2[16x10x10]",
                        "relu2[16x10x10]",
                        "pool2[16x5x5]",
                        "flatten[400]",
                        "fc1[120]",
                        "relu3[120]",
                        "fc2[84]",
                        "relu4[84]",
                        "fc3[10]");
    }

    @Test
    void featuresAreWhatTheLastLinearLayerReads() {
        assertThat(grey.featureLayer()).isEqualTo("relu4");
        assertThat(grey.featureWidth()).isEqualTo(84);
        assertThat(grey.classes()).isEqualTo(10);
    }

    /** 28²·6·25 + 10²·16·150 + 400·120 + 120·84 + 84·10 by hand. */
    @Test
    void countsMultiplyAdds() {
        assertThat(grey.multiplyAdds()).isEqualTo(117_600 + 240_000 + 48_000 + 10_080 + 840);
        assertThat(grey.flops()).isEqualTo(2 * 416_520);
    }

    @Test
    void refusesAnInputThatItDoesNotFit() {
        assertThatThrownBy(() -> Networks.named("lenet", new InputShape(1, 11, 11)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("does not fit");
    }

    @Test
    void anUnknownNetworkIsRefusedWithTheKnownOnes() {
        assertThatThrownBy(() -> Networks.named("alexnet", new InputShape(1, 32, 32)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("alexnet")
                .hasMessageContaining("lenet");
    }
}
