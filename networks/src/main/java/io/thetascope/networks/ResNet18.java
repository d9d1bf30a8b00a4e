package io.thetascope.networks;

import io.thetascope.contracts.run.InputShape;

/**
 * ResNet-18 as torchvision builds it, with ten classes: 11,181,642 parameters at three channels, 512 features. With the
 * CIFAR stem (a 3×3 convolution of stride 1 and no pooling before the blocks) 11,173,962.
 */
final class ResNet18 {

    private static final int STAGES = 4;
    private static final int BLOCKS = 2;
    private static final int FIRST_WIDTH = 64;

    private final NetworkBuilder network;

    private ResNet18(NetworkBuilder network) {
        this.network = network;
    }

    static NetworkDescription describe(String name, InputShape input) {
        NetworkBuilder network = new NetworkBuilder(name, input)
                .unbiasedConv("conv1", FIRST_WIDTH, new Window(7, 2, 3))
                .batchNorm("bn1")
                .relu("relu")
                .maxPool("maxpool", new Window(3, 2, 1));
        return new ResNet18(network).body();
    }

    static NetworkDescription describeWithCifarStem(String name, InputShape input) {
        NetworkBuilder network = new NetworkBuilder(name, input)
                .unbiasedConv("conv1", FIRST_WIDTH, new Window(3, 1, 1))
                .batchNorm("bn1")
                .relu("relu");
        return new ResNet18(network).body();
    }

    private NetworkDescription body() {
        for (int stage = 1; stage <= STAGES; stage++) {
            for (int block = 0; block < BLOCKS; block++) {
                int stride = stage > 1 && block == 0 ? 2 : 1;
                addBlock("layer" + stage + "." + block, FIRST_WIDTH << (stage - 1), stride);
            }
        }
        return network.adaptiveAvgPool("avgpool", 1)
                .flatten("flatten")
                .linear("fc", Networks.CLASSES)
                .build();
    }

    private void addBlock(String block, int width, int stride) {
        String stream = network.last();
        network.unbiasedConv(block + ".conv1", width, new Window(3, stride, 1))
                .batchNorm(block + ".bn1")
                .relu(block + ".relu1")
                .unbiasedConv(block + ".conv2", width, new Window(3, 1, 1))
                .batchNorm(block + ".bn2");
        String branch = network.last();
        if (stride > 1) {
            network.from(stream)
                    .unbiasedConv(block + ".downsample.0", width, new Window(1, stride, 0))
                    .batchNorm(block + ".downsample.1");
            stream = network.last();
        }
        network.sum(block + ".sum", branch, stream).relu(block + ".relu2");
    }
}
