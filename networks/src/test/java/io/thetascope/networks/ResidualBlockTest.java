package io.thetascope.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thetascope.contracts.run.InputShape;
import org.junit.jupiter.api.Test;

/**
 * The language on a basic block of ResNet with a strided shortcut; oracle: torchvision's BasicBlock and its state_dict.
 */
class ResidualBlockTest {

    private static NetworkBuilder block() {
        NetworkBuilder network = new NetworkBuilder("block", new InputShape(8, 7, 7));
        return network.unbiasedConv("conv1", 16, new Window(3, 2, 1))
                .batchNorm("bn1")
                .relu("relu1")
                .unbiasedConv("conv2", 16, new Window(3, 1, 1))
                .batchNorm("bn2")
                .from(NetworkDescription.INPUT)
                .unbiasedConv("downsample.0", 16, new Window(1, 2, 0))
                .batchNorm("downsample.1");
    }

    private static NetworkDescription network() {
        return block().sum("sum", "bn2", "downsample.1")
                .relu("relu2")
                .adaptiveAvgPool("avgpool", 1)
                .flatten("flatten")
                .dropout("dropout", 0.5)
                .linear("fc", 10)
                .build();
    }

    @Test
    void bothWaysThroughTheBlockMeetInOneShape() {
        NetworkDescription network = network();

        assertThat(network.layer("sum").orElseThrow().outputShape()).isEqualTo(Shape.of(16, 4, 4));
        assertThat(network.layer("avgpool").orElseThrow().outputShape()).isEqualTo(Shape.of(16, 1, 1));
        assertThat(network.featureLayer()).isEqualTo("dropout");
        assertThat(network.featureWidth()).isEqualTo(16);
    }

    @Test
    void stateFollowsPyTorchsOrderWithBuffersAfterTheirLayersParameters() {
        assertThat(network().state())
                .extracting(tensor -> tensor.name() + tensor.shape())
                .containsExactly(
                        "conv1.weight[16x8x3x3]",
                        "bn1.weight[16]",
                        "bn1.bias[16]",
                        "bn1.running_mean[16]",
                        "bn1.running_var[16]",
                        "bn1.num_batches_tracked[]",
                        "conv2.weight[16x16x3x3]",
                        "bn2.weight[16]",
                        "bn2.bias[16]",
                        "bn2.running_mean[16]",
                        "bn2.running_var[16]",
                        "bn2.num_batches_tracked[]",
                        "downsample.0.weight[16x8x1x1]",
                        "downsample.1.weight[16]",
                        "downsample.1.bias[16]",
                        "downsample.1.running_mean[16]",
                        "downsample.1.running_var[16]",
                        "downsample.1.num_batches_tracked[]",
                        "fc.weight[10x16]",
                        "fc.bias[10]");
    }

    @Test
    void buffersAreNoParameters() {
        NetworkDescription network = network();

        assertThat(network.parameterCount()).isEqualTo(16 * 72 + 16 * 144 + 16 * 8 + 3 * 32 + 170);
        assertThat(network.buffers()).hasSize(9);
        assertThat(network.checkpointBytes()).isEqualTo(4 * network.parameterCount() + 3 * (2 * 16 * 4 + 8));
    }

    @Test
    void refusesASumOfDifferentShapes() {
        assertThatThrownBy(() -> block().sum("sum", "bn2", NetworkDescription.INPUT))
                .hasMessageContaining("[16x4x4]")
                .hasMessageContaining("[8x7x7]");
    }
}
