package io.thetascope.measures.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.thetascope.contracts.run.InputShape;
import io.thetascope.networks.input.Normalization;
import org.junit.jupiter.api.Test;

class ImagePreparationTest {
    private static final float TOLERANCE = 1e-6f;

    @Test
    void padsWithNormalisedBlackAndCentresTheImage() {
        // Given a white pixel of MNIST shown at 3×3
        ImagePreparation preparation =
                new ImagePreparation(Normalization.of("mnist"), new InputShape(1, 1, 1), new InputShape(1, 3, 3));
        float[] seen = new float[9];

        // When
        preparation.prepare(new byte[] {(byte) 255}, 0, seen, 0);

        // Then (0 − .1307)/.3081 and (1 − .1307)/.3081
        assertThat(seen[0]).isCloseTo(-0.4242129f, within(TOLERANCE));
        assertThat(seen[4]).isCloseTo(2.8214867f, within(TOLERANCE));
        assertThat(seen[8]).isEqualTo(seen[0]);
    }

    @Test
    void putsTheOddPixelToTheRightAndTheBottom() {
        // Given
        ImagePreparation preparation = new ImagePreparation(
                Normalization.of("fashion-mnist"), new InputShape(1, 1, 1), new InputShape(1, 2, 2));
        float[] seen = new float[4];

        // When
        preparation.prepare(new byte[] {51}, 0, seen, 0);

        // Then (.2 − .286)/.353
        assertThat(seen[0]).isCloseTo(-0.2436261f, within(TOLERANCE));
        assertThat(seen[1]).isEqualTo(seen[3]);
    }

    @Test
    void replicatesGreyIntoEveryChannelWithTheGreyConstants() {
        // Given
        ImagePreparation preparation =
                new ImagePreparation(Normalization.of("mnist"), new InputShape(1, 1, 2), new InputShape(3, 1, 2));
        float[] seen = new float[2 + 6];

        // When an image in the middle of others, to a place in the middle
        preparation.prepare(new byte[] {9, 9, 0, (byte) 255, 9}, 2, seen, 2);

        // Then
        assertThat(seen[0]).isZero();
        assertThat(seen[2]).isEqualTo(seen[4]).isEqualTo(seen[6]);
        assertThat(seen[3]).isEqualTo(seen[5]).isEqualTo(seen[7]).isCloseTo(2.8214867f, within(TOLERANCE));
    }

    @Test
    void normalisesColourByChannel() {
        // Given
        ImagePreparation preparation =
                new ImagePreparation(Normalization.of("cifar10"), new InputShape(3, 1, 1), new InputShape(3, 1, 1));
        float[] seen = new float[3];

        // When
        preparation.prepare(new byte[] {0, (byte) 255, 51}, 0, seen, 0);

        // Then
        assertThat(seen[0]).isCloseTo((float) (-.4914 / .2470), within(TOLERANCE));
        assertThat(seen[1]).isCloseTo((float) ((1 - .4822) / .2435), within(TOLERANCE));
        assertThat(seen[2]).isCloseTo((float) ((.2 - .4465) / .2616), within(TOLERANCE));
    }

    @Test
    void refusesWhatCannotBeShown() {
        Normalization colour = Normalization.of("cifar10");
        InputShape stored = new InputShape(3, 32, 32);
        assertThatThrownBy(() -> new ImagePreparation(colour, stored, new InputShape(1, 32, 32)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3x32x32")
                .hasMessageContaining("1x32x32");
        assertThatThrownBy(() -> new ImagePreparation(colour, stored, new InputShape(3, 28, 28)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Normalization.of("imagenet"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cifar10, fashion-mnist, mnist");
    }
}
