package io.thetascope.gateway.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.thetascope.measures.statistics.TInterval;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SeedIntervalTest {
    private static final double T2 = 4.302652729911275; // SciPy's t.ppf(0.975, 2)

    @Test
    void isStudentsWhereEverySeedHasOneValue() {
        TInterval interval =
                SeedInterval.of(List.of(one(1, 1.0), one(2, 2.0), one(3, 3.0))).orElseThrow();
        assertThat(interval.mean()).isEqualTo(2);
        assertThat(interval.halfWidth()).isCloseTo(T2 / Math.sqrt(3), within(1e-9));
    }

    @Test
    void countsSeedsNotPairs() {
        // Given the three pairs of three seeds: leaving out a seed leaves one pair, so that the pseudo-values are
        // 3·x̄ − 2·x, their deviation twice that of the pairs, 1
        TInterval interval = SeedInterval.of(List.of(two(1, 2, 1.0), two(1, 3, 2.0), two(2, 3, 3.0)))
                .orElseThrow();
        assertThat(interval.n()).isEqualTo(3);
        assertThat(interval.mean()).isCloseTo(2, within(1e-15));
        assertThat(interval.halfWidth()).isCloseTo(2 * T2 / Math.sqrt(3), within(1e-9));
    }

    @Test
    void isAbsentBelowThreeSeedsAndWhereOneSeedHasAPartInAll() {
        assertThat(SeedInterval.of(List.of())).isEmpty();
        assertThat(SeedInterval.of(List.of(one(1, 1), one(2, 1)))).isEmpty();
        assertThat(SeedInterval.of(List.of(two(1, 1, 1), two(1, 2, 1), two(2, 2, 1))))
                .isEmpty();
        assertThat(SeedInterval.of(List.of(two(1, 2, 1), two(1, 3, 1)))).isEmpty();
        assertThat(SeedInterval.of(List.of(one(1, 1), one(1, 2), one(1, 3)))).isEmpty();
    }

    @Test
    void holdsTheTrueMeanOfPairsThatShareSeeds() {
        // Given pairs x(i,j) = u(i) + u(j) of five seeds, whose mean is 0: their ordinary interval is too short
        Random random = new Random(3);
        int held = 0;
        int heldOrdinary = 0;
        int trials = 4_000;
        for (int trial = 0; trial < trials; trial++) {
            double[] seeds =
                    random.doubles(5).map(ignored -> random.nextGaussian()).toArray();
            List<Observation> pairs = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                for (int j = 0; j < i; j++) {
                    pairs.add(two(i, j, seeds[i] + seeds[j]));
                }
            }
            held += holdsZero(SeedInterval.of(pairs).orElseThrow());
            heldOrdinary += holdsZero(
                    TInterval.of(pairs.stream().map(Observation::number).toList())
                            .orElseThrow());
        }

        // Then the jackknife of a sum over seeds is exact: within five standard errors of 95 %
        assertThat(held / (double) trials).isCloseTo(0.95, within(0.0175));
        assertThat(heldOrdinary / (double) trials).isLessThan(0.85);
    }

    private static int holdsZero(TInterval interval) {
        return interval.low() <= 0 && 0 <= interval.high() ? 1 : 0;
    }

    private static Observation one(long seed, double value) {
        return new Observation(List.of(seed), Worth.MET, value, null, List.of());
    }

    private static Observation two(long left, long right, double value) {
        return new Observation(List.of(left, right), Worth.MET, value, null, List.of());
    }
}
