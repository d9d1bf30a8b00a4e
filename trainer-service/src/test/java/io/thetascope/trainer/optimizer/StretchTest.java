package io.thetascope.trainer.optimizer;

import static org.assertj.core.api.Assertions.assertThat;

import io.thetascope.networks.Parameter;
import io.thetascope.networks.ParameterKind;
import io.thetascope.networks.Shape;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StretchTest {
    @Test
    void joinsSmallParametersAndCutsLargeOnes() {
        assertThat(Stretch.cut(parameters(3, 4, 25, 2), 10))
                .containsExactly(
                        new Stretch(0, 7, 0, 2, 0),
                        new Stretch(7, 17, 2, 3, 0),
                        new Stretch(17, 27, 2, 3, 10),
                        new Stretch(27, 32, 2, 3, 20),
                        new Stretch(32, 34, 3, 4, 0));
    }

    @Test
    void coversEveryElementOnceInOrder() {
        List<Stretch> stretches = Stretch.cut(parameters(9, 1, 10, 11, 1, 30, 10, 10), 10);
        long at = 0;
        for (Stretch stretch : stretches) {
            assertThat(stretch.from()).isEqualTo(at);
            assertThat(stretch.to() - stretch.from()).isBetween(1L, 10L);
            at = stretch.to();
        }
        assertThat(at).isEqualTo(82);
    }

    private static List<Parameter> parameters(int... sizes) {
        return IntStream.range(0, sizes.length)
                .mapToObj(i -> new Parameter("p" + i, Shape.of(sizes[i]), ParameterKind.BIAS, "l", 1))
                .toList();
    }
}
