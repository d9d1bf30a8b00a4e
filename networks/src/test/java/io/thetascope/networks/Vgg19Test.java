package io.thetascope.networks;

import static org.assertj.core.api.Assertions.assertThat;

import io.thetascope.contracts.run.InputShape;
import org.junit.jupiter.api.Test;

/** Oracles: MEASURES §1 (counts) and torchvision's vgg19(num_classes=10).state_dict(). */
class Vgg19Test {

    private static final InputShape INPUT = new InputShape(3, 32, 32);
    private final NetworkDescription stock = Networks.named("vgg19", INPUT);
    private final NetworkDescription small = Networks.named("vgg19-small", INPUT);

    @Test
    void hasTorchvisionsParameters() {
        assertThat(stock.parameterCount()).isEqualTo(139_611_210);
        assertThat(small.parameterCount()).isEqualTo(20_029_514);
        assertThat(stock.checkpointBytes()).isEqualTo(558_444_840);
    }

    @Test
    void layersAreNumberedAsInTorchvision() {
        assertThat(stock.parameters().stream()
                        .filter(parameter -> parameter.kind() == ParameterKind.WEIGHT)
                        .map(parameter -> parameter.name() + parameter.shape()))
                .containsExactly(
                        "features.0.weight[64x3x3x3]",
                        "features.2.weight[64x64x3x3]",
                        "features.5.weight[128x64x3x3]",
                        "features.7.weight[128x128x3x3]",
                        "features.10.weight[256x128x3x3]",
                        "features.12.weight[256x256x3x3]",
                        "features.14.weight[256x256x3x3]",
                        "features.16.weight[256x256x3x3]",
                        "features.19.weight[512x256x3x3]",
                        "features.21.weight[512x512x3x3]",
                        "features.23.weight[512x512x3x3]",
                        "features.25.weight[512x512x3x3]",
                        "features.28.weight[512x512x3x3]",
                        "features.30.weight[512x512x3x3]",
                        "features.32.weight[512x512x3x3]",
                        "features.34.weight[512x512x3x3]",
                        "classifier.0.weight[4096x25088]",
                        "classifier.3.weight[4096x4096]",
                        "classifier.6.weight[10x4096]");
    }

    @Test
    void theFirstLinearLayerSeesOnePixel49TimesAt32Pixels() {
        assertThat(stock.layer("features.36").orElseThrow().outputShape()).isEqualTo(Shape.of(512, 1, 1));
        assertThat(stock.layer("avgpool").orElseThrow().outputShape()).isEqualTo(Shape.of(512, 7, 7));
    }

    @Test
    void featuresAreWhatTheLastLinearLayerReads() {
        assertThat(stock.featureLayer()).isEqualTo("classifier.5");
        assertThat(stock.featureWidth()).isEqualTo(4096);
        assertThat(small.featureWidth()).isEqualTo(512);
    }

    /** Oracle: the published 19.63 GMACs at 3×224×224 with 1,000 classes, less the larger head. */
    @Test
    void multiplyAddsAreThoseOfTheLiterature() {
        NetworkDescription full = Networks.named("vgg19", new InputShape(3, 224, 224));

        assertThat(full.multiplyAdds()).isBetween(19_620_000_000L, 19_640_000_000L);
    }
}
