package io.thetascope.gateway.verdict;

import static io.thetascope.gateway.verdict.ClaimsTest.judge;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.thetascope.contracts.run.Perturbation;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What claims with more than one condition do where one fails, and what they are not about. */
class ClaimConditionsTest {
    @Test
    void aLargeResidualRefutesLazinessHoweverLittleMoved() {
        MadeUpStudy study = MadeUpStudy.good();
        for (int seed = 1; seed <= 3; seed++) {
            study.lazy(seed, 0.7 + 0.001 * seed, 0.9 + 0.01 * seed);
        }
        Verdict verdict = judge(2, study);
        assertThat(verdict.verdict()).isEqualTo(Outcome.REFUTED);
        assertThat(verdict.reason()).contains("linearisation residual is 0.8").contains("0.945");
    }

    @Test
    void strongerCorrelationInLeNetTooRefutesThatItIsNot() {
        MadeUpStudy study = MadeUpStudy.good();
        for (int seed = 1; seed <= 3; seed++) {
            study.correlations("resnet18", seed, 0.1 + 0.01 * seed, MadeUpStudy.moments(0.1 + 0.01 * seed));
            study.correlations("lenet", seed, 0.2 + 0.01 * seed, MadeUpStudy.moments(0.2 + 0.01 * seed));
        }
        assertThat(judge(6, study).verdict()).isEqualTo(Outcome.REFUTED);
    }

    @Test
    void correlationIsNotSettledByBigNetworksOrLeNetAlone() {
        MadeUpStudy big = MadeUpStudy.good();
        MadeUpStudy small = MadeUpStudy.good();
        for (int seed = 1; seed <= 3; seed++) {
            double difference = 0.1 + 0.01 * seed;
            big.correlations("vgg19", seed, difference, MadeUpStudy.moments(difference));
            small.correlations("lenet", seed, 0.01 * (seed - 2), MadeUpStudy.moments(0.01 * (seed - 2)));
        }
        assertThat(judge(6, big).verdict()).isEqualTo(Outcome.UNDERPOWERED);
        assertThat(judge(6, big).reason()).contains("in LeNet");
        assertThat(judge(6, small).verdict()).isEqualTo(Outcome.NOT_APPLICABLE);
    }

    @Test
    void correlationAtUnequalTrainingLossSupportsNothing() {
        MadeUpStudy study = MadeUpStudy.good();
        for (int seed = 1; seed <= 3; seed++) {
            study.correlations("lenet", seed, 0.01 * (seed - 2), MadeUpStudy.moments(0.01 * (seed - 2)));
            // Adam is far below the loss at which SGD ended, and has no checkpoint near it
            study.correlations(
                    "resnet18", seed, 0.1 + 0.01 * seed, List.of(new Moment(2.3, 0.0), new Moment(0.001, 0.2)));
        }
        Verdict verdict = judge(6, study);
        assertThat(verdict.verdict()).isEqualTo(Outcome.UNDERPOWERED);
        assertThat(verdict.reason()).contains("at matched training loss").contains("within 25 %");
    }

    @Test
    void matchedLossTakesTheCheckpointsNearestToTheLargerFinalLoss() {
        Figures slow = seen(new Moment(2.3, 0.0), new Moment(0.9, 0.05), new Moment(0.5, 0.1));
        Figures fast = seen(new Moment(2.3, 0.01), new Moment(0.55, 0.17), new Moment(0.1, 0.4));
        assertThat(MatchedLoss.difference(slow, fast).orElseThrow()).isCloseTo(0.07, within(1e-15));
        assertThat(MatchedLoss.difference(fast, slow).orElseThrow()).isCloseTo(-0.07, within(1e-15));
        assertThat(MatchedLoss.difference(slow, seen())).isEmpty();
    }

    @Test
    void aDistortionWithOtherFeaturesThanTheTwinsDoesNotComeBack() {
        MadeUpStudy study = MadeUpStudy.good();
        for (int seed = 1; seed <= 3; seed++) {
            study.retrained(Perturbation.epsilon(1e-6), seed, 0.7 + 0.01 * seed, 0.8 + 0.001 * seed, null, null);
        }
        assertThat(judge(7, study).verdict()).isEqualTo(Outcome.REFUTED);
    }

    @Test
    void onlyAnEpsilonThatIsSmallAndNotZeroIsASmallDistortion() {
        MadeUpStudy study = MadeUpStudy.good();
        for (double epsilon : new double[] {0, 1e-4, 2e-5}) {
            study.retrained(Perturbation.epsilon(epsilon), 1, 0.0, 0.9, null, null);
        }
        assertThat(judge(7, study).verdict()).isEqualTo(Outcome.NOT_APPLICABLE);

        study.retrained(Perturbation.epsilon(-1e-5), 1, 0.5, 0.9, null, null);
        assertThat(judge(7, study).values())
                .extracting(CellValue::cell)
                .allSatisfy(cell -> assertThat(cell).endsWith("epsilon -1.0E-5"));
    }

    @Test
    void aFlipThatBatchNormsSignUndoesDidNotLandFar() {
        MadeUpStudy study = MadeUpStudy.good();
        for (int seed = 1; seed <= 3; seed++) {
            study.retrained(Perturbation.signFlip(), seed, null, null, 20 + 0.1 * seed, 1.1 + 0.01 * seed);
        }
        assertThat(judge(8, study).verdict()).isEqualTo(Outcome.REFUTED);
    }

    @Test
    void aNetworkWithoutBatchNormIsJudgedByTheRawDistanceAlone() {
        MadeUpStudy study = MadeUpStudy.good();
        for (int seed = 1; seed <= 3; seed++) {
            study.retrained(Perturbation.signFlip(), seed, null, null, 20 + 0.1 * seed, null);
        }
        Verdict verdict = judge(8, study);
        assertThat(verdict.verdict()).isEqualTo(Outcome.SUPPORTED);
        assertThat(verdict.values()).hasSize(1);
    }

    @Test
    void everyPairOfRecipesIsACellOverPairsOfSeeds() {
        // Given three seeds of SGD and Adam, alike within an optimizer and unlike across
        MadeUpStudy study = MadeUpStudy.good();
        for (int seed = 1; seed <= 3; seed++) {
            study.learner("sgd", seed);
            study.learner("adam", seed);
        }
        for (int left = 1; left <= 3; left++) {
            for (int right = 1; right <= 3; right++) {
                study.features().add(study.met("sgd", left, "adam", right, 0.1 + 0.001 * left * right));
                if (left < right) {
                    study.features().add(study.met("sgd", left, "sgd", right, 0.9 + 0.001 * left));
                    study.features().add(study.met("adam", right, "adam", left, 0.9 + 0.001 * right));
                }
            }
        }

        // When
        Verdict verdict = judge(9, study);

        // Then
        assertThat(verdict.verdict()).isEqualTo(Outcome.REFUTED);
        assertThat(verdict.values())
                .extracting(CellValue::cell)
                .containsExactlyInAnyOrder(
                        "lenet · mnist: kaiming-uniform · adam with kaiming-uniform · sgd",
                        "lenet · mnist: kaiming-uniform · sgd with kaiming-uniform · sgd",
                        "lenet · mnist: kaiming-uniform · adam with kaiming-uniform · adam");
        assertThat(verdict.values()).extracting(CellValue::beyond).containsExactlyInAnyOrder(false, true, true);
        assertThat(verdict.n()).isEqualTo(6);
    }

    @Test
    void checkpointsTooCoarseLeaveAPairWithoutAValueAndSayWhy() {
        Verdict verdict = judge(10, MadeUpStudy.good().about(10, Arrays.asList(0.9, 0.91, null)));
        assertThat(verdict.verdict()).isEqualTo(Outcome.UNDERPOWERED);
        assertThat(verdict.values().get(0).note()).contains("1 without this number (checkpoints too coarse)");
    }

    @Test
    void manyPairsWithoutAValueAreCountedAndOneReasonIsRead() {
        MadeUpStudy study = MadeUpStudy.good();
        for (int seed = 1; seed <= 3; seed++) {
            study.learner("sgd", seed);
        }
        for (int[] pair : new int[][] {{1, 2}, {1, 3}, {2, 3}}) {
            Meeting met = study.met("sgd", pair[0], "sgd", pair[1], null);
            study.features().add(new Meeting(met.left(), met.right(), null, "too coarse: " + pair[0] + pair[1]));
        }
        assertThat(judge(9, study).values().get(0).note())
                .isEqualTo("3 without this number (too coarse: 12; and 2 more for reasons of their own);"
                        + " fewer than three seeds with a value, so no interval");
    }

    @Test
    void aSeedInEveryPairIsNotTakenForFewSeeds() {
        Verdict verdict = judge(9, MadeUpStudy.good().about(9, Arrays.asList(0.9, 0.91, null)));
        assertThat(verdict.verdict()).isEqualTo(Outcome.UNDERPOWERED);
        assertThat(verdict.values().get(0).n()).isEqualTo(3);
        assertThat(verdict.values().get(0).note())
                .contains("a seed has a part in every pair with a value")
                .doesNotContain("fewer than three seeds");
    }

    @Test
    void aCountOnBothSidesIsSaidToLieThere() {
        Verdict verdict = judge(1, MadeUpStudy.good().about(1, List.of(0.7, 0.5)));
        assertThat(verdict.verdict()).isEqualTo(Outcome.UNDERPOWERED);
        assertThat(verdict.reason()).endsWith("is 0.6 on average, on both sides of the threshold.");
    }

    @Test
    void aWideIntervalOfValuesThatAreAllBeyondSaysSoAndStaysUnderpowered() {
        Verdict verdict = judge(8, MadeUpStudy.good().about(8, List.of(258.8, 102.1, 134.9)));
        assertThat(verdict.verdict()).isEqualTo(Outcome.UNDERPOWERED);
        assertThat(verdict.reason())
                .endsWith("on both sides of the threshold, though every one of 3 values is beyond it.");
    }

    @Test
    void unknownFeaturesAreNotTakenForUnequalLosses() {
        MadeUpStudy study = MadeUpStudy.good();
        for (int seed = 1; seed <= 3; seed++) {
            study.correlations("lenet", seed, 0.01 * (seed - 2), MadeUpStudy.moments(0.01 * (seed - 2)));
            study.correlations("resnet18", seed, 0.1 + 0.01 * seed, List.of());
        }
        assertThat(judge(6, study).reason())
                .contains("no checkpoint of which both the training loss and mean ρ are known")
                .doesNotContain("within 25 %");
    }

    @Test
    void twoRunsOfOneSeedAreNoPairOfOptimizers() {
        MadeUpStudy study =
                MadeUpStudy.good().about(5, List.of(0.5, 0.51, 0.52)).about(5, List.of(0.5, 0.51, 0.52));
        assertThat(judge(5, study).verdict()).isEqualTo(Outcome.NOT_APPLICABLE);
    }

    private static Figures seen(Moment... moments) {
        return new Figures(null, null, null, null, null, null, List.of(moments));
    }
}
