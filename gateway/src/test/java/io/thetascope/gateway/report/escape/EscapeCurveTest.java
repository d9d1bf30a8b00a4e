package io.thetascope.gateway.report.escape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.thetascope.gateway.report.RunRow;
import io.thetascope.gateway.report.SyntheticRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** Synthetic sweeps whose turns are known. */
class EscapeCurveTest {
    private static final List<Double> SIZES = List.of(1e-4, 1e-3, 1e-2, 1e-1);
    private static final double DISPLACED_BY_ONE = 250; // √61,706, about

    @Test
    void findsWhereEOverNPassesOneOnAStraightLineOverTheLogarithm() {
        // Given E/N of 0.7, 0.7, 1.9, 5 at 10⁻⁴ … 10⁻¹ of every seed but for a shift
        List<RunRow> rows = study(3, seed -> size -> eOverN(size) + 0.05 * (seed - 2), size -> 0.9);

        // When
        EscapeCurve curve = EscapeCurve.of(rows).get(0);

        // Then 10⁻³ and (1 − y₂)/(y₃ − y₂) of a decade further
        assertThat(curve.overNull().seeds())
                .extracting(SeedTurn::side)
                .containsOnly(Side.WITHIN)
                .hasSize(3);
        List<Double> expected = List.of(-3 + 0.35 / 1.2, -3 + 0.3 / 1.2, -3 + 0.25 / 1.2);
        for (int seed = 0; seed < 3; seed++) {
            assertThat(curve.overNull().seeds().get(seed).value())
                    .isCloseTo(Math.pow(10, expected.get(seed)), within(1e-12));
        }
        // and over seeds the mean of the logarithms ± t(0.975, 2) · s / √3, s = 0.05/1.2
        double half = 4.302652729749462 * (0.05 / 1.2) / Math.sqrt(3);
        assertThat(curve.overNull().value()).isCloseTo(Math.pow(10, -2.75), within(1e-12));
        assertThat(curve.overNull().low()).isCloseTo(Math.pow(10, -2.75 - half), within(1e-9));
        assertThat(curve.overNull().high()).isCloseTo(Math.pow(10, -2.75 + half), within(1e-9));
        assertThat(curve.overNull().says())
                .startsWith("E/N passes 1: at 0.001778 [")
                .endsWith("] over 3 seeds");
    }

    @Test
    void findsWhereRFallsBelowAHalfAmongRunsThatAreNotBelowDrift() {
        // Given R of 0.2 while drift weighs, 0.9 and −0.1 beyond; the smallest size is below drift and has none
        List<RunRow> rows = study(3, seed -> size -> 0.7, size -> size < 5e-3 ? 0.2 : size < 5e-2 ? 0.9 : -0.1);

        // When
        EscapeCurve curve = EscapeCurve.of(rows).get(0);

        // Then the last fall counts: 0.4 of the decade from 10⁻²
        assertThat(curve.notBack().value()).isCloseTo(Math.pow(10, -1.6), within(1e-12));
        assertThat(curve.notBack().seeds()).extracting(SeedTurn::points).containsOnly(3);
        assertThat(curve.notBack().leftOut()).isEqualTo(3);
        assertThat(curve.values()).extracting(EscapeValue::belowDrift).containsExactly(3, 0, 0, 0);
    }

    @Test
    void saysOnWhichSideOfTheSweepATurnLies() {
        EscapeCurve never =
                EscapeCurve.of(study(3, seed -> size -> 0.7, size -> 0.9)).get(0);
        EscapeCurve always =
                EscapeCurve.of(study(3, seed -> size -> 30, size -> -0.1)).get(0);

        assertThat(never.overNull().value()).isNull();
        assertThat(never.overNull().says())
                .isEqualTo(
                        "E/N passes 1: not within the sweep: not yet at the largest value that counts for 3 of 3 seeds");
        assertThat(never.notBack().seeds()).extracting(SeedTurn::side).containsOnly(Side.ABOVE);
        assertThat(always.overNull().seeds()).extracting(SeedTurn::side).containsOnly(Side.BELOW);
        assertThat(always.notBack().seeds()).extracting(SeedTurn::side).containsOnly(Side.BELOW);
    }

    @Test
    void givesNoIntervalWhereOnlySomeSeedsTurn() {
        EscapeCurve curve = EscapeCurve.of(study(3, seed -> size -> seed == 1 ? 0.7 : eOverN(size), size -> 0.9))
                .get(0);

        assertThat(curve.overNull().value()).isNull();
        assertThat(curve.overNull().low()).isNull();
        assertThat(curve.overNull().says())
                .isEqualTo("E/N passes 1: not within the sweep for every seed: at 0.001778, 0.001778 for 2 of 3 seeds;"
                        + " not yet at the largest value that counts for 1 of 3 seeds");
    }

    @Test
    void countsNoRunBelowTheGate() {
        // Given the largest size, where alone E/N is above 1, below the gate
        List<RunRow> rows = study(3, seed -> size -> size > 5e-2 ? 9 : 0.7, size -> 0.9);
        List<RunRow> gated = study(3, seed -> size -> size > 5e-2 ? 9 : 0.7, size -> 0.9, 1e-1);

        assertThat(EscapeCurve.of(rows).get(0).overNull().value()).isNotNull();
        EscapeCurve curve = EscapeCurve.of(gated).get(0);
        assertThat(curve.overNull().seeds()).extracting(SeedTurn::side).containsOnly(Side.ABOVE);
        assertThat(curve.overNull().leftOut()).isEqualTo(3);
        assertThat(curve.values()).extracting(EscapeValue::gateMet).containsExactly(true, true, true, false);
        assertThat(curve.values().get(3).effectToNull()).isNull();
        assertThat(curve.values().get(3).runs()).isEqualTo(3);
    }

    @Test
    void givesEveryFigureWithItsIntervalOverSeeds() {
        EscapeValue value = EscapeCurve.of(study(3, seed -> size -> 0.7 + 0.1 * (seed - 2), size -> 0.9))
                .get(0)
                .values()
                .get(2);

        assertThat(value.value()).isEqualTo(1e-2);
        assertThat(value.runs()).isEqualTo(3);
        Spread ratio = Objects.requireNonNull(value.effectToNull());
        assertThat(ratio.mean()).isCloseTo(0.7, within(1e-12));
        assertThat(ratio.low()).isCloseTo(0.7 - 4.302652729749462 * 0.1 / Math.sqrt(3), within(1e-9));
        Spread forgotten = Objects.requireNonNull(value.effectToDisplaced());
        assertThat(forgotten.mean()).isCloseTo(0.7 * 2 / (1e-2 * DISPLACED_BY_ONE), within(1e-12));
    }

    @Test
    void aSingleSizeIsNoSweepAndKindsAreApart() {
        List<RunRow> rows = new ArrayList<>();
        rows.add(SyntheticRow.base(1).row());
        rows.add(child(2, 1, "epsilon", 1e-3, 0.7, 0.9).row());
        rows.add(child(3, 1, "gaussian", 0.1, 0.7, 0.9).row());
        rows.add(child(4, 1, "gaussian", 1.0, 3, 0.9).row());

        assertThat(EscapeCurve.of(rows))
                .singleElement()
                .satisfies(curve -> assertThat(curve.sweep().kind()).isEqualTo("gaussian"))
                .satisfies(curve -> assertThat(curve.overNull().says()).contains("(one seed, no interval)"));
    }

    private interface OfSeed {
        DoubleUnaryOperator of(int seed);
    }

    private static List<RunRow> study(int seeds, OfSeed eOverN, DoubleUnaryOperator recovery) {
        return study(seeds, eOverN, recovery, Double.NaN);
    }

    private static List<RunRow> study(int seeds, OfSeed eOverN, DoubleUnaryOperator recovery, double stuckAt) {
        List<RunRow> rows = new ArrayList<>();
        for (int seed = 1; seed <= seeds; seed++) {
            rows.add(SyntheticRow.base(seed).gate(0.8, true).row());
            for (double size : SIZES) {
                rows.add(child(
                                100 * seed + rows.size(),
                                seed,
                                "epsilon",
                                size,
                                eOverN.of(seed).applyAsDouble(size),
                                recovery.applyAsDouble(size))
                        .gate(0.8, size != stuckAt)
                        .row());
            }
        }
        return rows;
    }

    private static double eOverN(double size) {
        return size > 5e-2 ? 5 : size > 5e-3 ? 1.9 : 0.7;
    }

    private static SyntheticRow child(
            int number, int parent, String kind, double size, double effectToNull, double recovery) {
        Map<String, Object> figures = new HashMap<>();
        figures.put("displaced", size * DISPLACED_BY_ONE);
        figures.put("effect", 2 * effectToNull);
        figures.put("nullDistance", 2);
        figures.put("effectToNull", effectToNull);
        if (size < 5e-4) {
            figures.put("recoveryLabel", "displacement below drift");
        } else {
            figures.put("recovery", recovery);
        }
        return SyntheticRow.perturbed(number, parent, kind, size).set("retraining", figures);
    }
}
