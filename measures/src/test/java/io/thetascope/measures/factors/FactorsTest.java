package io.thetascope.measures.factors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

/** Oracle: statsmodels 0.15.0, anova_lm(ols(formula), typ=2), on the same numbers. */
class FactorsTest {
    private static final Percentage TOLERANCE = Percentage.withPercentage(1e-7); // 1e-9 relative
    private static final List<String> INITIALIZATIONS = List.of("u", "n");
    private static final List<String> OPTIMIZERS = List.of("sgd", "adam", "x");

    @Test
    void hasTheSumsOfSquaresOfABalancedDesign() {
        // Given y ~ C(A) * C(B), three runs a cell
        FactorAnalysis.Analysed analysed = analysed(twoFactors(3, 3, 3, 3, 3, 3));

        // Then
        assertThat(analysed.n()).isEqualTo(18);
        assertThat(analysed.omitted()).isEmpty();
        assertEffect(analysed, "A", 1, 17.25781250000006, 0.9763296174434057, 0.34261189768072176);
        assertEffect(analysed, "B", 2, 111.46006944444453, 3.152826204390318, 0.07935534908641464);
        assertEffect(analysed, "A × B", 2, 1.171875000000005, 0.033148357314737656, 0.9674832901578087);
        assertThat(analysed.residual().df()).isEqualTo(12);
        assertThat(analysed.residual().sumOfSquares()).isCloseTo(212.11458333333334, TOLERANCE);
    }

    @Test
    void hasTheTypeTwoSumsOfSquaresOfAnUnbalancedDesign() {
        // Given 3 to 7 runs a cell, where types I, II and III differ
        FactorAnalysis.Analysed analysed = analysed(twoFactors(3, 5, 4, 7, 3, 6));

        // Then
        assertEffect(analysed, "A", 1, 41.45343749999973, 3.229940082362849, 0.08604574388537382);
        assertEffect(analysed, "B", 2, 76.39901041666658, 2.9764024515174388, 0.07177449773848973);
        assertEffect(analysed, "A × B", 2, 27.389680059523833, 1.067065010800987, 0.3611614262690548);
        assertThat(analysed.residual().sumOfSquares()).isCloseTo(282.35063244047615, TOLERANCE);
    }

    @Test
    void leavesAnInteractionOutWhereACellIsEmptyAndSaysSo() {
        // Given y ~ C(A) + C(B), no run of (n, x)
        FactorAnalysis.Analysed analysed = analysed(twoFactors(3, 5, 4, 7, 3, 0));

        // Then
        assertThat(analysed.omitted()).containsExactly("A × B: not every combination of their levels was trained");
        assertThat(analysed.effects()).hasSize(2);
        assertEffect(analysed, "A", 1, 5.395843160377357, 0.3893325155484018, 0.5404783893007382);
        assertEffect(analysed, "B", 2, 84.500009827044, 3.0485134956671867, 0.07240713586917057);
    }

    @Test
    void testsMainEffectsOfThreeFactorsBesideTheInteractionsOfTheOthers() {
        // Given y ~ A + B + N and their three pairs, 3 to 6 runs a cell
        List<Observation> observations = new ArrayList<>();
        int run = 0;
        int cell = 0;
        for (String first : INITIALIZATIONS) {
            for (String second : List.of("sgd", "adam")) {
                for (String third : List.of("lenet", "vgg", "res")) {
                    for (int i = 0; i < 3 + cell * 5 % 4; i++) {
                        double shift = shift(first) + shift(second) * (third.equals("vgg") ? 2 : 1);
                        observations.add(new Observation(List.of(first, second, third), scatter(++run) + shift, true));
                    }
                    cell++;
                }
            }
        }
        FactorAnalysis.Analysed analysed =
                (FactorAnalysis.Analysed) Factors.analyse(List.of("A", "B", "N"), observations);

        // Then
        assertEffect(analysed, "A", 1, 39.407922149123046, 2.8182002072579535, 0.10029018929360851);
        assertEffect(analysed, "B", 1, 167.48866485402814, 11.97770814251073, 0.0012091341793060858);
        assertEffect(analysed, "N", 2, 85.03189469697772, 3.0404661066847414, 0.057965019754457024);
        assertEffect(analysed, "A × B", 1, 17.40856633771936, 1.2449482892138808, 0.27057629723967197);
        assertEffect(analysed, "A × N", 2, 21.484124281989512, 0.7682029424838102, 0.46996595089493937);
        assertEffect(analysed, "B × N", 2, 29.663218923367893, 1.0606609681352326, 0.35491181494710416);
        assertThat(analysed.residual().df()).isEqualTo(44);
    }

    @Test
    void hasTheClosedFormOfOneFactor() {
        // Given means 2, 4, 9 of three runs each at mean − 1, mean, mean + 1: SS between 78, within 6, total 84
        List<Observation> observations = new ArrayList<>();
        for (int mean : List.of(2, 4, 9)) {
            for (int seed = -1; seed <= 1; seed++) {
                observations.add(new Observation(List.of("level " + mean, "same"), mean + seed, true));
            }
        }

        // When, the second factor not varying
        FactorAnalysis.Analysed analysed = (FactorAnalysis.Analysed) Factors.analyse(List.of("A", "B"), observations);

        // Then F = (78/2)/(6/6) = 39, ω² = (78 − 2)/(84 + 1), and there is no other share than the seeds' 9/85
        assertThat(analysed.effects()).hasSize(1);
        Effect effect = analysed.effects().get(0);
        assertThat(effect.sumOfSquares()).isCloseTo(78, TOLERANCE);
        assertThat(effect.f()).isCloseTo(39, TOLERANCE);
        assertThat(effect.p()).isCloseTo(Math.pow(1 + 2 * 39 / 6.0, -3), TOLERANCE); // closed form at 2 and 6
        assertThat(effect.omegaSquared()).isCloseTo(76 / 85.0, TOLERANCE);
        assertThat(effect.partial()).isCloseTo(76 / 85.0, TOLERANCE);
        assertThat(effect.partialLow()).isBetween(0.5, effect.partial());
        assertThat(effect.partialHigh()).isBetween(effect.partial(), 1.0);
        assertThat(analysed.residual().share()).isCloseTo(9 / 85.0, TOLERANCE);
    }

    @Test
    void reportsANegativeShareAsItIsAndSharesOfABalancedDesignMakeOne() {
        FactorAnalysis.Analysed analysed = analysed(twoFactors(3, 3, 3, 3, 3, 3));

        assertThat(effect(analysed, "A × B").omegaSquared()).isNegative();
        assertThat(effect(analysed, "A × B").partialLow()).isZero();
        assertThat(analysed.residual().share()
                        + analysed.effects().stream()
                                .mapToDouble(Effect::omegaSquared)
                                .sum())
                .isCloseTo(1, within(1e-12));
    }

    @Test
    void refusesADesignWithoutResidualDegreesOfFreedom() {
        assertThat(reason(twoFactors(1, 1, 1, 1, 1, 1)))
                .isEqualTo("no residual degrees of freedom: 6 runs for 6 means; train at least 3 seeds of every cell");
    }

    @Test
    void refusesFewerThanThreeSeedsInACellAndNamesIt() {
        assertThat(reason(twoFactors(3, 3, 3, 3, 3, 2)))
                .isEqualTo("fewer than 3 seeds in a cell: n, x has 2; train more");
    }

    @Test
    void refusesACellThatMissesTheGateAndNamesIt() {
        List<Observation> observations = new ArrayList<>(twoFactors(3, 3, 3, 3, 3, 3));
        Observation last = observations.remove(17);
        observations.add(new Observation(last.levels(), last.value(), false));

        assertThat(reason(observations)).startsWith("the accuracy gate is not met by n, x: ");
    }

    @Test
    void refusesFactorsThatGoTogether() {
        assertThat(reason(twoFactors(3, 0, 0, 0, 3, 0))).startsWith("the factors cannot be told apart");
    }

    @Test
    void refusesWhereNothingVaries() {
        assertThat(reason(twoFactors(3, 0, 0, 0, 0, 0))).startsWith("no factor varies");
        List<Observation> equalSeeds = twoFactors(3, 3, 3, 3, 3, 3).stream()
                .map(o -> new Observation(o.levels(), 0.1 + shift(o.levels().get(1)), true))
                .toList();
        assertThat(reason(equalSeeds)).startsWith("it does not vary with the seed");
    }

    private static List<Observation> twoFactors(int... runsOfCell) {
        List<Observation> observations = new ArrayList<>();
        int run = 0;
        int cell = 0;
        for (String first : INITIALIZATIONS) {
            for (String second : OPTIMIZERS) {
                for (int i = 0; i < runsOfCell[cell]; i++) {
                    double shift = shift(first) + shift(second);
                    observations.add(new Observation(List.of(first, second), scatter(++run) + shift, true));
                }
                cell++;
            }
        }
        return observations;
    }

    private static double shift(String level) {
        return switch (level) {
            case "n" -> 2;
            case "adam" -> 3.5;
            case "x" -> -1;
            default -> 0;
        };
    }

    /** Exact in binary, so that the oracle saw the same. */
    private static double scatter(int run) {
        return (run * 7919 + 13 * run * run) % 101 / 8.0;
    }

    private static FactorAnalysis.Analysed analysed(List<Observation> observations) {
        return (FactorAnalysis.Analysed) Factors.analyse(List.of("A", "B"), observations);
    }

    private static String reason(List<Observation> observations) {
        return ((FactorAnalysis.Refused) Factors.analyse(List.of("A", "B"), observations)).reason();
    }

    private static void assertEffect(
            FactorAnalysis.Analysed analysed, String name, int df, double sumOfSquares, double f, double p) {
        Effect effect = effect(analysed, name);
        assertThat(effect.df()).isEqualTo(df);
        assertThat(effect.sumOfSquares()).isCloseTo(sumOfSquares, TOLERANCE);
        assertThat(effect.f()).isCloseTo(f, TOLERANCE);
        assertThat(effect.p()).isCloseTo(p, TOLERANCE);
    }

    private static Effect effect(FactorAnalysis.Analysed analysed, String name) {
        return analysed.effects().stream()
                .filter(effect -> effect.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
