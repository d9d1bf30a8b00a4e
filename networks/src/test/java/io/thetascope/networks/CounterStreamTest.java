package io.thetascope.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CounterStreamTest {

    /** Oracle: the JDK's SplittableRandom is SplitMix64 with the same increment, read in order. */
    @Test
    void bitsAreSplitMix64ReadByIndex() {
        SplittableRandom oracle = new SplittableRandom(42);
        CounterStream stream = new CounterStream(42);

        for (int i = 0; i < 1000; i++) {
            assertThat(stream.bits(i)).isEqualTo(oracle.nextLong());
        }
    }

    /** Change this and every θ0 of old runs is lost. Oracle: the same formulas written in Python. */
    @Test
    void streamsArePinned() {
        assertThat(of("1/conv1.weight").bits(0)).isEqualTo(8819320484773572609L);
        assertThat(of("1/conv1.weight").bits(149)).isEqualTo(-5618603375341039860L);
        assertThat(of("9007199254740991/fc3.weight").bits(0)).isEqualTo(-4539135075655561628L);
    }

    private static CounterStream of(String parameter) {
        return CounterStream.of("thetascope/initialization/v1/" + parameter);
    }

    @Test
    void uniformStaysInsideTheOpenUnitInterval() {
        CounterStream stream = new CounterStream(7);

        for (int i = 0; i < 100_000; i++) {
            assertThat(stream.uniform(i)).isGreaterThan(0).isLessThan(1);
        }
    }

    /** Oracle: the standard normal's moments; tolerance: four standard errors at n = 200,000. */
    @Test
    void normalHasMomentsZeroOneZeroThree() {
        CounterStream stream = new CounterStream(7);
        int n = 200_000;
        double[] moments = new double[5];
        for (int i = 0; i < n; i++) {
            double x = stream.normal(i);
            for (int k = 1; k <= 4; k++) {
                moments[k] += StrictMath.pow(x, k) / n;
            }
        }

        assertThat(moments[1]).isCloseTo(0, within(4 * Math.sqrt(1.0 / n)));
        assertThat(moments[2]).isCloseTo(1, within(4 * Math.sqrt(2.0 / n)));
        assertThat(moments[3]).isCloseTo(0, within(4 * Math.sqrt(15.0 / n)));
        assertThat(moments[4]).isCloseTo(3, within(4 * Math.sqrt(96.0 / n)));
    }
}
