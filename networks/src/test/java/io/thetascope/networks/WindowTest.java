package io.thetascope.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowTest {

    /** Oracle: PyTorch's ⌊(n + 2p − k) / s⌋ + 1, worked out by hand for torchvision's layers. */
    @ParameterizedTest
    @CsvSource({"5,1,0,32,28", "2,2,0,28,14", "7,2,3,32,16", "7,2,3,33,17", "3,2,1,16,8", "3,1,1,1,1", "1,2,0,7,4"})
    void countsPositionsAsPyTorchDoes(int size, int stride, int padding, int extent, int positions) {
        assertThat(new Window(size, stride, padding).positions(extent)).isEqualTo(positions);
    }

    @Test
    void refusesASideThatIsTooShort() {
        assertThatThrownBy(() -> Window.of(5).positions(4)).hasMessageContaining("does not fit a side of 4");
    }

    @ParameterizedTest
    @CsvSource({"0,1,0", "3,0,0", "3,1,-1", "3,1,3"})
    void refusesAGeometryWithoutMeaning(int size, int stride, int padding) {
        assertThatThrownBy(() -> new Window(size, stride, padding)).hasMessageContaining("size " + size);
    }
}
