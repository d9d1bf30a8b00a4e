package io.thetascope.measures.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.thetascope.contracts.analysis.OrderAgreementResult.RankAgreement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KendallTauTest {
    @Test
    void takesTiesOutOnBothSides() {
        // Given the example of SciPy's kendalltau: 2 pairs agree, 6 do not, 2 are tied on the left, 1 on the right
        List<Double> left = List.of(12.0, 2.0, 1.0, 12.0, 2.0);
        List<Double> right = List.of(1.0, 4.0, 7.0, 1.0, 0.0);

        // When
        RankAgreement agreement = KendallTau.of(left, right);

        // Then
        assertThat(agreement.n()).isEqualTo(5);
        assertThat(agreement.tau()).isCloseTo(-0.47140452079103173, within(1e-15));
    }

    @Test
    void hasTheIntervalOfFieller() {
        // Given ten things of which nine pairs of 45 disagree: τ = (36 − 9)/45 = 0.6
        List<Double> left = List.of(1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0);
        List<Double> right = List.of(10.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0);

        // When
        RankAgreement agreement = KendallTau.of(left, right);

        // Then tanh(atanh 0.6 ∓ 1.96 √(0.437/6))
        assertThat(agreement.tau()).isCloseTo(0.6, within(1e-15));
        assertThat(agreement.low()).isCloseTo(0.16272953961935063, within(1e-12));
        assertThat(agreement.high()).isCloseTo(0.8402740579764677, within(1e-12));
    }

    @Test
    void isTheCountOfPairsOverItsTiesOnRandomRankings() {
        Random random = new Random(5);
        for (int trial = 0; trial < 50; trial++) {
            // Given values of which some are tied
            int n = 6 + random.nextInt(10);
            List<Double> left = new ArrayList<>();
            List<Double> right = new ArrayList<>();
            for (int i = 0; i < n; i++) {
                left.add((double) random.nextInt(5));
                right.add((double) random.nextInt(7));
            }
            left.set(0, -1.0);
            right.set(0, 9.0);

            // When
            RankAgreement agreement = KendallTau.of(left, right);

            // Then as (C − D) / √((C + D + Tx)(C + D + Ty)), Tx tied on the left alone, Ty on the right alone
            double[] counts = new double[4];
            for (int i = 0; i < n; i++) {
                for (int j = i + 1; j < n; j++) {
                    double x = left.get(i) - left.get(j);
                    double y = right.get(i) - right.get(j);
                    if (x == 0 && y == 0) {
                        continue;
                    }
                    counts[x == 0 ? 2 : y == 0 ? 3 : x * y > 0 ? 0 : 1]++;
                }
            }
            double both = counts[0] + counts[1];
            double oracle = (counts[0] - counts[1]) / Math.sqrt((both + counts[2]) * (both + counts[3]));
            assertThat(agreement.tau()).isCloseTo(oracle, within(1e-14));
            assertThat(agreement.low()).isLessThan(agreement.tau());
            assertThat(agreement.high()).isGreaterThan(agreement.tau());
        }
    }

    @Test
    void isAbsentWithFewerThanTwoAndWhereASideIsAllTies() {
        assertThat(KendallTau.of(List.of(), List.of())).isEqualTo(new RankAgreement(0, null, null, null));
        assertThat(KendallTau.of(List.of(1.0), List.of(2.0)).tau()).isNull();
        assertThat(KendallTau.of(List.of(1.0, 1.0, 1.0), List.of(1.0, 2.0, 3.0)).tau())
                .isNull();
    }

    @Test
    void hasNoIntervalWithFewerThanFiveAndAtItsEnds() {
        List<Double> six = List.of(1.0, 2.0, 2.0, 4.0, 5.0, 6.0);
        List<Double> sixDown = List.of(-1.0, -2.0, -2.0, -4.0, -5.0, -6.0);
        assertThat(KendallTau.of(six, six)).isEqualTo(new RankAgreement(6, 1.0, null, null));
        assertThat(KendallTau.of(six, sixDown)).isEqualTo(new RankAgreement(6, -1.0, null, null));
        RankAgreement four = KendallTau.of(List.of(1.0, 2.0, 3.0, 4.0), List.of(1.0, 3.0, 2.0, 4.0));
        assertThat(four.tau()).isCloseTo(4 / 6.0, within(1e-15));
        assertThat(four.low()).isNull();
        assertThat(four.high()).isNull();
    }
}
