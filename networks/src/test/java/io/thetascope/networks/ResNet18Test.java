package io.thetascope.networks;

import static org.assertj.core.api.Assertions.assertThat;

import io.thetascope.contracts.run.InputShape;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Oracles: MEASURES §1 (counts) and torchvision's resnet18(num_classes=10).state_dict(). */
class ResNet18Test {

    private static final InputShape INPUT = new InputShape(3, 32, 32);
    private final NetworkDescription stock = Networks.named("resnet18", INPUT);
    private final NetworkDescription cifar = Networks.named("resnet18-cifar", INPUT);

    @Test
    void hasTorchvisionsParameters() {
        assertThat(stock.parameterCount()).isEqualTo(11_181_642);
        assertThat(cifar.parameterCount()).isEqualTo(11_173_962);
        assertThat(stock.state()).hasSize(122);
        assertThat(stock.parameters()).hasSize(62);
        assertThat(stock.buffers()).hasSize(60);
    }

    @Test
    void stateIsInTorchvisionsOrder() {
        List<String> names = stock.state().stream().map(StateTensor::name).toList();

        assertThat(names.subList(0, 6)).isEqualTo(joined(List.of("conv1.weight"), norm("bn1")));
        assertThat(names.subList(6, 18)).isEqualTo(block("layer1.0"));
        assertThat(names.subList(30, 42)).isEqualTo(block("layer2.0"));
        assertThat(names.subList(42, 48))
                .isEqualTo(joined(List.of("layer2.0.downsample.0.weight"), norm("layer2.0.downsample.1")));
        assertThat(names.subList(48, 60)).isEqualTo(block("layer2.1"));
        assertThat(names.subList(108, 120)).isEqualTo(block("layer4.1"));
        assertThat(names.subList(120, 122)).containsExactly("fc.weight", "fc.bias");
    }

    @Test
    void shapesAreTorchvisions() {
        assertThat(shape(stock, "conv1.weight")).isEqualTo(Shape.of(64, 3, 7, 7));
        assertThat(shape(cifar, "conv1.weight")).isEqualTo(Shape.of(64, 3, 3, 3));
        assertThat(shape(stock, "layer2.0.downsample.0.weight")).isEqualTo(Shape.of(128, 64, 1, 1));
        assertThat(shape(stock, "layer4.1.conv2.weight")).isEqualTo(Shape.of(512, 512, 3, 3));
        assertThat(shape(stock, "bn1.num_batches_tracked")).isEqualTo(Shape.of());
        assertThat(stock.featureWidth()).isEqualTo(512);
    }

    /** At 32 pixels the stock stem leaves one pixel to the last stage: why most of it is dead. */
    @Test
    void activationsShrinkToOnePixelWithTheStockStemOnly() {
        assertThat(stock.layer("layer1.0.conv1").orElseThrow().inputShape()).isEqualTo(Shape.of(64, 8, 8));
        assertThat(stock.layer("layer4.1.relu2").orElseThrow().outputShape()).isEqualTo(Shape.of(512, 1, 1));
        assertThat(cifar.layer("layer4.1.relu2").orElseThrow().outputShape()).isEqualTo(Shape.of(512, 4, 4));
    }

    /** Oracle: the published 1.81 GMACs at 3×224×224 with 1,000 classes, less the larger head. */
    @Test
    void multiplyAddsAreThoseOfTheLiterature() {
        NetworkDescription full = Networks.named("resnet18", new InputShape(3, 224, 224));

        assertThat(full.multiplyAdds()).isEqualTo(1_814_073_344L - 512 * 990);
    }

    private static Shape shape(NetworkDescription network, String tensor) {
        return network.state().stream()
                .filter(candidate -> candidate.name().equals(tensor))
                .findFirst()
                .orElseThrow()
                .shape();
    }

    private static List<String> block(String name) {
        return joined(
                joined(List.of(name + ".conv1.weight"), norm(name + ".bn1")),
                joined(List.of(name + ".conv2.weight"), norm(name + ".bn2")));
    }

    private static List<String> norm(String name) {
        return Stream.of("weight", "bias", "running_mean", "running_var", "num_batches_tracked")
                .map(tensor -> name + "." + tensor)
                .toList();
    }

    private static List<String> joined(List<String> left, List<String> right) {
        return Stream.concat(left.stream(), right.stream()).toList();
    }
}
