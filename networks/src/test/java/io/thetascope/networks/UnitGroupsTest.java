package io.thetascope.networks;

import static org.assertj.core.api.Assertions.assertThat;

import io.thetascope.contracts.run.InputShape;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnitGroupsTest {

    private static final InputShape INPUT = new InputShape(3, 32, 32);

    private static List<String> described(NetworkDescription network) {
        return network.unitGroups().stream()
                .map(group -> group.name() + " " + group.units() + ": " + axes(group))
                .toList();
    }

    private static String axes(UnitGroup group) {
        return group.axes().stream()
                .map(axis ->
                        axis.tensor().name() + "/" + axis.dimension() + (axis.block() > 1 ? "*" + axis.block() : ""))
                .collect(Collectors.joining(" "));
    }

    private static UnitGroup group(NetworkDescription network, String name) {
        return network.unitGroups().stream()
                .filter(group -> group.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void lenetHasFourGroupsAndItsFlatteningSpreadsAChannelOverTwentyFiveInputs() {
        assertThat(described(Networks.named("lenet", INPUT)))
                .containsExactly(
                        "conv1 6: conv1.weight/0 conv1.bias/0 conv2.weight/1",
                        "conv2 16: conv2.weight/0 conv2.bias/0 fc1.weight/1*25",
                        "fc1 120: fc1.weight/0 fc1.bias/0 fc2.weight/1",
                        "fc2 84: fc2.weight/0 fc2.bias/0 fc3.weight/1");
    }

    @Test
    void aStageOfResnet18SharesOnePermutationAlongItsStream() {
        NetworkDescription network = Networks.named("resnet18", INPUT);

        assertThat(network.unitGroups().stream().map(UnitGroup::name))
                .containsExactly(
                        "conv1",
                        "layer1.0.conv1",
                        "layer1.1.conv1",
                        "layer2.0.conv1",
                        "layer2.0.conv2",
                        "layer2.1.conv1",
                        "layer3.0.conv1",
                        "layer3.0.conv2",
                        "layer3.1.conv1",
                        "layer4.0.conv1",
                        "layer4.0.conv2",
                        "layer4.1.conv1");
        assertThat(axes(group(network, "layer4.1.conv1")))
                .isEqualTo("layer4.1.conv1.weight/0 layer4.1.bn1.weight/0 layer4.1.bn1.bias/0"
                        + " layer4.1.bn1.running_mean/0 layer4.1.bn1.running_var/0 layer4.1.conv2.weight/1");
        assertThat(group(network, "layer4.0.conv2").axes().stream()
                        .filter(axis -> axis.tensor().shape().rank() > 1)
                        .map(axis -> axis.tensor().name() + "/" + axis.dimension()))
                .containsExactly(
                        "layer4.0.conv2.weight/0",
                        "layer4.0.downsample.0.weight/0",
                        "layer4.1.conv1.weight/1",
                        "layer4.1.conv2.weight/0",
                        "fc.weight/1");
    }

    @Test
    void theLargeHeadOfVgg19ReadsEachChannelAtFortyNinePlaces() {
        NetworkDescription network = Networks.named("vgg19", INPUT);

        assertThat(network.unitGroups()).hasSize(18);
        assertThat(axes(group(network, "features.34")))
                .isEqualTo("features.34.weight/0 features.34.bias/0 classifier.0.weight/1*49");
        assertThat(group(network, "classifier.3").units()).isEqualTo(4096);
    }

    /** Images and logits apart, every axis of every tensor belongs to exactly one group. */
    @ParameterizedTest
    @ValueSource(strings = {"lenet", "resnet18", "resnet18-cifar", "vgg19", "vgg19-small"})
    void everyAxisButThoseOfImagesAndLogitsIsInOneGroup(String name) {
        NetworkDescription network = Networks.named(name, INPUT);
        Set<String> expected = new HashSet<>();
        for (StateTensor tensor : network.state()) {
            IntStream.range(0, Math.min(2, tensor.shape().rank()))
                    .forEach(dimension -> expected.add(tensor.name() + "/" + dimension));
        }
        String first = network.parameters().get(0).name();
        String head = network.head().name();
        expected.removeAll(Set.of(first + "/1", head + ".weight/0", head + ".bias/0"));

        List<String> found = network.unitGroups().stream()
                .flatMap(group -> group.axes().stream())
                .map(axis -> axis.tensor().name() + "/" + axis.dimension())
                .toList();

        assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void aBranchThatIsAddedToTheImagesCannotBePermuted() {
        NetworkDescription network = new NetworkBuilder("n", INPUT)
                .conv("inner", 5, new Window(3, 1, 1))
                .relu("relu")
                .conv("outer", 3, new Window(3, 1, 1))
                .sum("sum", "outer", NetworkDescription.INPUT)
                .flatten("flatten")
                .linear("fc", 10)
                .build();

        assertThat(described(network)).containsExactly("inner 5: inner.weight/0 inner.bias/0 outer.weight/1");
    }

    @Test
    void aSumThatPairsUnitsAcrossDifferentBlocksFixesBoth() {
        NetworkDescription network = new NetworkBuilder("n", new InputShape(1, 2, 2))
                .conv("conv", 4, new Window(3, 1, 1))
                .flatten("flatten")
                .linear("hidden", 16)
                .sum("sum", "hidden", "flatten")
                .linear("fc", 10)
                .build();

        assertThat(described(network)).isEmpty();
    }
}
