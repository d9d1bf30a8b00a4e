package io.thetascope.gateway.report.deck;

import java.util.List;

/** The deck's numbers (MEASURES §5 and §9). It states no seed, learning rate, batch or length of retraining beside any of them. */
final class Deck {
    static final double EPSILON = 1e-6;

    static final List<DeckTriangle> TRIANGLES = List.of(
            flip("mnist", DeckNetwork.RESNET18, 120.32, 120.44, 240.67),
            flip("mnist", DeckNetwork.VGG19, 171.78, 180.41, 347.66),
            flip("fashion-mnist", DeckNetwork.LENET, 24.42, 26.06, 49.6),
            distortion(DeckNetwork.RESNET18, 120.3, 120.29, 0.27),
            distortion(DeckNetwork.LENET, 23.43, 23.02, 1.3),
            distortion(DeckNetwork.VGG19, 171.79, 171.78, 1.38),
            correlation("mnist", DeckNetwork.RESNET18, 120.32),
            correlation("mnist", DeckNetwork.UNKNOWN, 209.18),
            correlation("cifar10", DeckNetwork.VGG19, 174.29),
            correlation("cifar10", DeckNetwork.VGG19, 175.84));

    static final List<DeckClaim> CLAIMS = List.of(
            new DeckClaim(
                    "ResNet keeps over 60 % of its parameters unchanged, whatever the data set, optimizer and start",
                    DeckNetwork.RESNET18, null, true, 0.6),
            // "100 %" is taken as at least 99.5 % (MEASURES §9)
            new DeckClaim("LeNet on CIFAR: 100 % changed", DeckNetwork.LENET, "cifar10", false, 0.995),
            new DeckClaim("VGG on CIFAR: over 90 % changed", DeckNetwork.VGG19, "cifar10", false, 0.9));

    private Deck() {}

    private static DeckTriangle flip(String dataset, DeckNetwork network, double norm1, double norm2, double distance) {
        return new DeckTriangle(DeckExperiment.FLIP, dataset, network, norm1, norm2, distance);
    }

    private static DeckTriangle distortion(DeckNetwork network, double norm1, double norm2, double distance) {
        return new DeckTriangle(DeckExperiment.DISTORTION, "mnist", network, norm1, norm2, distance);
    }

    private static DeckTriangle correlation(String dataset, DeckNetwork network, double norm) {
        return new DeckTriangle(DeckExperiment.CORRELATION, dataset, network, norm, norm, 0);
    }
}
