package io.thetascope.measures.factors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

/** Oracle: scipy 1.17.1, stats.ncf and stats.f, its limits by optimize.brentq. */
class NoncentralFTest {
    private static final Percentage ONE_MILLIONTH = Percentage.withPercentage(1e-4);

    @Test
    void hasTheProbabilitiesOfScipy() {
        assertThat(new NoncentralF(1, 8).cumulative(4.2, 7.3)).isCloseTo(0.2606662937488461, within(1e-12));
        assertThat(new NoncentralF(2, 12).cumulative(10.5, 7.3)).isCloseTo(0.8844936999105419, within(1e-12));
        assertThat(new NoncentralF(3, 20).cumulative(1.1, 7.3)).isCloseTo(0.09441715978318936, within(1e-12));
        assertThat(new NoncentralF(2, 12).cumulative(0.02, 7.3)).isCloseTo(0.0005359124545903999, within(1e-12));
        assertThat(new NoncentralF(2, 30).cumulative(12345.6, 7.3)).isCloseTo(1, within(1e-12));
    }

    @Test
    void hasTheTailsOfScipyWhereTheyAreTiny() {
        assertThat(new NoncentralF(1, 8).centralUpperTail(250)).isCloseTo(2.5597532587261395e-07, ONE_MILLIONTH);
        assertThat(new NoncentralF(2, 30).centralUpperTail(12345.6)).isCloseTo(1.822953531834966e-44, ONE_MILLIONTH);
    }

    @Test
    void hasTheLimitsOfScipy() {
        assertLimits(new NoncentralF(1, 8), 4.2, 0, 17.590951360413012);
        assertLimits(new NoncentralF(2, 12), 10.5, 2.701085651571081, 50.73558425464917);
        assertLimits(new NoncentralF(1, 8), 250, 63.48514012838247, 558.4168248128626);
        assertLimits(new NoncentralF(3, 20), 1.1, 0, 11.830769563762257);
        assertLimits(new NoncentralF(2, 12), 0.02, 0, 0);
        assertLimits(new NoncentralF(2, 30), 12345.6, 13806.280126094109, 38682.767422575715);
    }

    /** Quantiles of χ² with 6 degrees of freedom: 1.2373442458, 14.4493753446 (any printed table). */
    @Test
    void hasTheLimitsOfAnFThatIsHuge() {
        NoncentralF distribution = new NoncentralF(1, 6);

        for (double f : new double[] {1.001e7, 1e10, 1e12, 1e20}) {
            assertThat(distribution.noncentralityAt(f, NoncentralF.UPPER_TAIL))
                    .isCloseTo(f * 1.2373442458 / 6, ONE_MILLIONTH);
            assertThat(distribution.noncentralityAt(f, NoncentralF.LOWER_TAIL))
                    .isCloseTo(f * 14.4493753446 / 6, ONE_MILLIONTH);
        }
    }

    @Test
    void whatIsTakenForAHugeFGoesOnFromWhatIsSummedUp() {
        for (int df : new int[] {1, 6, 40}) {
            NoncentralF distribution = new NoncentralF(2, df);
            for (double tail : new double[] {NoncentralF.UPPER_TAIL, NoncentralF.LOWER_TAIL}) {
                double summed = distribution.noncentralityAt(4.9e6, tail) / 4.9e6;
                double taken = distribution.noncentralityAt(5.1e6, tail) / 5.1e6;
                assertThat(taken).isCloseTo(summed, Percentage.withPercentage(0.1));
            }
        }
    }

    private static void assertLimits(NoncentralF distribution, double f, double low, double high) {
        assertThat(distribution.noncentralityAt(f, NoncentralF.UPPER_TAIL)).isCloseTo(low, within(1e-6 * (1 + low)));
        assertThat(distribution.noncentralityAt(f, NoncentralF.LOWER_TAIL)).isCloseTo(high, within(1e-6 * (1 + high)));
    }
}
