package io.thetascope.networks;

import io.thetascope.contracts.run.InputShape;
import java.util.List;

/**
 * VGG-19 without BatchNorm as torchvision builds it, with ten classes: 139,611,210 parameters at three channels, 4,096
 * features. With the small head (one linear layer on 512 averaged channels) 20,029,514.
 */
final class Vgg19 {

    /** Widths of the convolutions between two poolings. */
    private static final List<List<Integer>> STAGES = List.of(
            List.of(64, 64),
            List.of(128, 128),
            List.of(256, 256, 256, 256),
            List.of(512, 512, 512, 512),
            List.of(512, 512, 512, 512));

    private static final int HEAD_WIDTH = 4096;
    private static final int POOLED_SIDE = 7;
    private static final double DROPPED = 0.5;

    private Vgg19() {}

    static NetworkDescription describe(String name, InputShape input) {
        return convolutions(name, input)
                .adaptiveAvgPool("avgpool", POOLED_SIDE)
                .flatten("flatten")
                .linear("classifier.0", HEAD_WIDTH)
                .relu("classifier.1")
                .dropout("classifier.2", DROPPED)
                .linear("classifier.3", HEAD_WIDTH)
                .relu("classifier.4")
                .dropout("classifier.5", DROPPED)
                .linear("classifier.6", Networks.CLASSES)
                .build();
    }

    static NetworkDescription describeWithSmallHead(String name, InputShape input) {
        return convolutions(name, input)
                .adaptiveAvgPool("avgpool", 1)
                .flatten("flatten")
                .linear("classifier", Networks.CLASSES)
                .build();
    }

    /** The convolutions, numbered as in torchvision's {@code features}: every layer counts. */
    private static NetworkBuilder convolutions(String name, InputShape input) {
        NetworkBuilder network = new NetworkBuilder(name, input);
        int index = 0;
        for (List<Integer> stage : STAGES) {
            for (int width : stage) {
                network.conv("features." + index++, width, new Window(3, 1, 1));
                network.relu("features." + index++);
            }
            network.maxPool("features." + index++, Window.tiled(2));
        }
        return network;
    }
}
