package io.thetascope.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ShapeTest {

    @Test
    void sizeIsTheProductOfTheExtentsAndOneForAScalar() {
        assertThat(Shape.of(6, 28, 28).size()).isEqualTo(4704);
        assertThat(Shape.of().size()).isEqualTo(1);
    }

    @Test
    void sizeGoesBeyondAnInt() {
        assertThat(Shape.of(65_536, 65_536).size()).isEqualTo(4_294_967_296L);
    }

    @Test
    void refusesEmptyExtents() {
        assertThatThrownBy(() -> Shape.of(6, 0, 28)).hasMessageContaining("[6, 0, 28]");
    }

    @Test
    void refusesToReadAFlatActivationAsAnImageAndTheReverse() {
        assertThatThrownBy(() -> Shape.of(84).channels()).hasMessageContaining("[84]");
        assertThatThrownBy(() -> Shape.of(16, 5, 5).units()).hasMessageContaining("flatten it first");
    }
}
