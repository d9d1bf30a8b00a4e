package io.thetascope.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.thetascope.contracts.run.InputShape;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Oracles: MEASURES §2, seen there with two independent trainers. */
class DeadTapsTest {

    @ParameterizedTest
    @ValueSource(ints = {28, 32})
    void mostOfStockResNet18IsDeadAtSmallInputs(int side) {
        NetworkDescription network = Networks.named("resnet18", new InputShape(3, side, side));

        assertThat(network.geometryDeadCount()).isEqualTo(6_946_816);
        assertThat(100.0 * network.geometryDeadCount() / network.parameterCount())
                .isCloseTo(62.13, within(0.005));
    }

    @Test
    void greyResNet18HasAFewParametersLess() {
        NetworkDescription network = Networks.named("resnet18", new InputShape(1, 28, 28));

        assertThat(100.0 * network.geometryDeadCount() / network.parameterCount())
                .isCloseTo(62.16, within(0.005));
    }

    @ParameterizedTest
    @CsvSource({"resnet18,33", "resnet18,40", "resnet18-cifar,32", "lenet,32"})
    void nothingIsDeadAtLargerInputsOrWithTheCifarStem(String name, int side) {
        assertThat(Networks.named(name, new InputShape(3, side, side)).geometryDeadCount())
                .isZero();
    }

    @Test
    void theDeadTapsOfResNet18AreAllInTheLastStage() {
        NetworkDescription network = Networks.named("resnet18", new InputShape(3, 32, 32));
        List<String> dead = network.parameters().stream()
                .filter(parameter -> !network.deadTaps(parameter).dead().isEmpty())
                .map(parameter -> parameter.name() + network.deadTaps(parameter).dead())
                .toList();

        assertThat(dead)
                .containsExactly(
                        "layer4.0.conv1.weight[0, 1, 2, 3, 6]",
                        "layer4.0.conv2.weight[0, 1, 2, 3, 5, 6, 7, 8]",
                        "layer4.1.conv1.weight[0, 1, 2, 3, 5, 6, 7, 8]",
                        "layer4.1.conv2.weight[0, 1, 2, 3, 5, 6, 7, 8]");
    }

    @Test
    void bitsSayOfEveryElementWhatItsTapSays() {
        DeadTaps taps = new DeadTaps(9, List.of(0, 1, 2, 3, 6));
        byte[] bits = taps.bits();

        assertThat(bits).hasSize(9);
        for (int i = 0; i < 1000; i++) {
            assertThat((bits[i / 8 % 9] >> i % 8 & 1) == 1).as("element %d", i).isEqualTo(taps.isDead(i));
        }
        assertThat(new DeadTaps(1, List.of()).bits()).containsExactly(0);
    }

    @Test
    void everyElementIsAskedByItsTap() {
        Conv2d conv = new Conv2d("c", "images", Shape.of(2, 1, 1), 3, new Window(3, 1, 1), false);
        DeadTaps taps = DeadTaps.of(conv);

        assertThat(taps.count(54)).isEqualTo(48);
        assertThat(LongStream.range(0, 54).filter(index -> !taps.isDead(index)))
                .containsExactly(4L, 13L, 22L, 31L, 40L, 49L);
    }

    @Test
    void refusesATapOutsideTheKernel() {
        assertThatThrownBy(() -> new DeadTaps(9, List.of(9))).hasMessageContaining("tap 9");
    }
}
