package io.thetascope.networks;

import io.thetascope.contracts.run.InputShape;

/**
 * LeNet-5 as it is used today: ReLU and maximum pooling, no padding, fully connected between its feature maps. 61,706
 * parameters at 1×32×32, 62,006 at 3×32×32; 84 features.
 */
final class LeNet5 {

    private LeNet5() {}

    static NetworkDescription describe(String name, InputShape input) {
        return new NetworkBuilder(name, input)
                .conv("conv1", 6, Window.of(5))
                .relu("relu1")
                .maxPool("pool1", Window.tiled(2))
                .conv("conv2", 16, Window.of(5))
                .relu("relu2")
                .maxPool("pool2", Window.tiled(2))
                .flatten("flatten")
                .linear("fc1", 120)
                .relu("relu3")
                .linear("fc2", 84)
                .relu("relu4")
                .linear("fc3", Networks.CLASSES)
                .build();
    }
}
