package io.thetascope.gateway.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.thetascope.contracts.identity.RunId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every claim on studies made to be supported, refuted, underpowered and below the gate. */
class ClaimsTest {
    private static final List<Made> CLAIMS = List.of(
            new Made(1, List.of(0.621, 0.622, 0.6215), List.of(0.3, 0.31, 0.305), List.of(0.55, 0.6, 0.68)),
            new Made(2, List.of(0.61, 0.62, 0.615), List.of(0.1, 0.11, 0.12), List.of(0.3, 0.5, 0.8)),
            new Made(3, List.of(0.9991, 0.9992, 0.999), List.of(0.9, 0.91, 0.905), List.of(0.98, 0.995, 1.0)),
            new Made(4, List.of(0.95, 0.951, 0.952), List.of(0.41, 0.42, 0.4), List.of(0.8, 0.9, 0.99)),
            new Made(5, List.of(0.5, 0.52, 0.51), List.of(1.5, 1.52, 1.51), List.of(0.5, 1.0, 1.6)),
            new Made(6, List.of(0.1, 0.11, 0.12), List.of(-0.1, -0.11, -0.12), List.of(-0.2, 0.1, 0.3)),
            new Made(7, List.of(0.7, 0.72, 0.71), List.of(3.0, 3.1, 3.2), List.of(0.4, 1.0, 1.9)),
            new Made(8, List.of(20.1, 20.5, 20.3), List.of(1.1, 1.2, 1.15), List.of(0.5, 2.0, 6.0)),
            new Made(9, List.of(0.8, 0.81, 0.82), List.of(0.1, 0.11, 0.12), List.of(0.2, 0.5, 0.9)),
            new Made(10, List.of(0.9, 0.91, 0.92), List.of(0.1, 0.11, 0.12), List.of(0.2, 0.5, 0.9)));

    /** Values of three seeds that support a claim, refute it, and leave it open. */
    private record Made(
            int number, List<@Nullable Double> good, List<@Nullable Double> bad, List<@Nullable Double> wide) {
        boolean count() {
            return number == 1 || number == 3 || number == 4;
        }
    }

    static List<Made> claims() {
        return CLAIMS;
    }

    @ParameterizedTest
    @MethodSource("claims")
    void supportsWhatLiesWhollyBeyondInEveryCell(Made claim) {
        Verdict verdict = judge(claim.number, MadeUpStudy.good().about(claim.number, claim.good));

        assertThat(verdict.verdict()).as(verdict.reason()).isEqualTo(Outcome.SUPPORTED);
        assertThat(verdict.values()).isNotEmpty().allSatisfy(value -> {
            assertThat(value.n()).isEqualTo(3);
            assertThat(value.perSeed()).hasSize(3);
            assertThat(value.beyond()).isTrue();
        });
        assertThat(verdict.runs()).isNotEmpty().hasSize(verdict.n()).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("claims")
    void refutesWhatLiesWhollyOnTheOtherSide(Made claim) {
        Verdict verdict = judge(claim.number, MadeUpStudy.good().about(claim.number, claim.bad));
        assertThat(verdict.verdict()).as(verdict.reason()).isEqualTo(Outcome.REFUTED);
        assertThat(verdict.reason()).contains("wholly on the other side");
    }

    @ParameterizedTest
    @MethodSource("claims")
    void isUnderpoweredWhereAnIntervalHoldsTheThreshold(Made claim) {
        Verdict verdict = judge(claim.number, MadeUpStudy.good().about(claim.number, claim.wide));
        assertThat(verdict.verdict()).as(verdict.reason()).isEqualTo(Outcome.UNDERPOWERED);
    }

    @ParameterizedTest
    @MethodSource("claims")
    void needsThreeSeedsUnlessItCounts(Made claim) {
        int values = claim.number >= 9 ? 1 : 2; // one pair has two seeds
        Verdict verdict = judge(claim.number, MadeUpStudy.good().about(claim.number, claim.good.subList(0, values)));
        Verdict contrary = judge(claim.number, MadeUpStudy.good().about(claim.number, claim.bad.subList(0, values)));

        assertThat(verdict.verdict()).isEqualTo(claim.count() ? Outcome.SUPPORTED : Outcome.UNDERPOWERED);
        assertThat(contrary.verdict()).isEqualTo(claim.count() ? Outcome.REFUTED : Outcome.UNDERPOWERED);
        assertThat(verdict.values()).extracting(CellValue::low).containsOnlyNulls();
    }

    @ParameterizedTest
    @MethodSource("claims")
    void isNotWorthDiscussingBelowTheGate(Made claim) {
        for (List<@Nullable Double> values : List.of(claim.good, claim.bad, claim.wide)) {
            MadeUpStudy study = new MadeUpStudy(new Gates(Map.of()), run -> 0.3).about(claim.number, values);
            Verdict verdict = judge(claim.number, study);
            assertThat(verdict.verdict()).as(verdict.reason()).isEqualTo(Outcome.GATE_NOT_MET);
            assertThat(verdict.runs()).isEmpty();
            assertThat(verdict.values()).extracting(CellValue::mean).containsOnlyNulls();
        }
    }

    @ParameterizedTest
    @MethodSource("claims")
    void tooFewSeedsAboveTheGateSupportNothing(Made claim) {
        // Given every value good, but the runs of the first seed below the gate
        MadeUpStudy study = new MadeUpStudy(new Gates(Map.of()), run -> run.endsWith("1") ? 0.3 : MadeUpStudy.GOOD)
                .about(claim.number, claim.good);
        Verdict verdict = judge(claim.number, study);

        // Then two seeds are left, or one pair: not enough but for a count
        assertThat(verdict.verdict()).isEqualTo(claim.count() ? Outcome.SUPPORTED : Outcome.UNDERPOWERED);
    }

    @ParameterizedTest
    @MethodSource("claims")
    void aMissingNumberIsNeverZero(Made claim) {
        Verdict verdict = judge(claim.number, MadeUpStudy.good().about(claim.number, Arrays.asList(null, null, null)));
        assertThat(verdict.verdict()).as(verdict.reason()).isEqualTo(Outcome.UNDERPOWERED);
        CellValue first = verdict.values().get(0);
        assertThat(first.n()).isZero();
        assertThat(first.mean()).isNull();
        assertThat(first.perSeed()).isEmpty();
        assertThat(first.note()).contains("3 without this number");
    }

    @ParameterizedTest
    @MethodSource("claims")
    void waitsForRunsThatHaveNotEnded(Made claim) {
        Evidence open = MadeUpStudy.good().about(claim.number, claim.good).standing(run -> Worth.OPEN);
        assertThat(judge(claim.number, open).verdict()).isEqualTo(Outcome.UNDERPOWERED);
    }

    @Test
    void aRunStuckAtTenPercentSupportsNothingWhateverItsNumbersAndGate() {
        Random random = new Random(41);
        for (int trial = 0; trial < 400; trial++) {
            // Given a study whose own gate lets everything pass
            Gates none = new Gates(Map.of("mnist", 0.0, "cifar10", 0.0));
            for (Made claim : CLAIMS) {
                List<@Nullable Double> values = new ArrayList<>();
                int seeds = 1 + random.nextInt(3);
                List<@Nullable Double> from = random.nextBoolean() ? claim.good : claim.wide;
                for (int i = 0; i < seeds; i++) {
                    values.add(from.get(random.nextInt(3)));
                }
                MadeUpStudy study = new MadeUpStudy(none, run -> 0.1).about(claim.number, values);

                // When
                Verdict verdict = judge(claim.number, study);

                // Then
                assertThat(verdict.verdict()).as(claim + " " + values).isEqualTo(Outcome.GATE_NOT_MET);
            }
        }
    }

    @Test
    void noNumberIsTakenFromAStuckRunOrFromItsFamily() {
        Random random = new Random(7);
        int decided = 0;
        for (int trial = 0; trial < 400; trial++) {
            for (Made claim : CLAIMS) {
                // Given that some runs, twins and parents among them, are stuck
                Set<RunId> stuck = new HashSet<>();
                MadeUpStudy study = new MadeUpStudy(new Gates(Map.of("mnist", 0.0, "cifar10", 0.0)), run -> {
                            boolean notUsed = claim.number == 8 && run.startsWith("new"); // a flip needs no null
                            if (notUsed || random.nextInt(6) > 0) {
                                return MadeUpStudy.GOOD;
                            }
                            stuck.add(MadeUpStudy.id(run));
                            return 0.1;
                        })
                        .about(claim.number, claim.good);

                // When
                Verdict verdict = judge(claim.number, study);

                // Then
                assertThat(verdict.runs()).noneMatch(stuck::contains);
                if (verdict.verdict() == Outcome.SUPPORTED) {
                    decided++;
                    assertThat(claim.count() || stuck.isEmpty())
                            .as(claim + " is supported beside " + stuck)
                            .isTrue();
                }
            }
        }
        assertThat(decided).isPositive();
    }

    @Test
    void aDivergedRunMissesTheGate() {
        Evidence diverged = MadeUpStudy.good()
                .about(3, CLAIMS.get(2).good)
                .standing(run -> new Gates(Map.of()).judge("cifar10", "diverged", null));
        assertThat(judge(3, diverged).verdict()).isEqualTo(Outcome.GATE_NOT_MET);
    }

    @Test
    void aStudyWithoutRunsForAClaimSaysNothingToIt() {
        Verdicts verdicts = Verdicts.of(MadeUpStudy.good().evidence());
        assertThat(verdicts.items()).extracting(Verdict::number).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
        assertThat(verdicts.items()).allSatisfy(verdict -> {
            assertThat(verdict.verdict()).isEqualTo(Outcome.NOT_APPLICABLE);
            assertThat(verdict.values()).isEmpty();
        });
    }

    @Test
    void aCellWhoseRunsAllMissTheGateKeepsTheOthersFromSupporting() {
        // Given a second data set, where the runs are stuck
        MadeUpStudy study = new MadeUpStudy(
                        new Gates(Map.of()), run -> run.contains("fashion") ? 0.1 : MadeUpStudy.GOOD)
                .about(1, CLAIMS.get(0).good);
        study.base(
                MadeUpStudy.factors("resnet18", "fashion-mnist", "sgd", 1),
                new Figures(11_000_000L, 0.3, null, null, null, null, List.of()));
        assertThat(judge(1, study).verdict()).isEqualTo(Outcome.GATE_NOT_MET);
    }

    @Test
    void oneCellThatIsRefutedRefutesTheClaimOverAll() {
        // Given a second data set where less is unchanged
        MadeUpStudy study = MadeUpStudy.good().about(1, CLAIMS.get(0).good);
        study.base(
                MadeUpStudy.factors("resnet18", "fashion-mnist", "sgd", 1),
                new Figures(11_000_000L, 0.9, null, null, null, null, List.of()));
        Verdict verdict = judge(1, study);

        assertThat(verdict.verdict()).isEqualTo(Outcome.REFUTED);
        assertThat(verdict.values()).hasSize(2);
        assertThat(verdict.reason()).contains("resnet18 · fashion-mnist · kaiming-uniform · sgd");
    }

    static Verdict judge(int number, MadeUpStudy study) {
        return judge(number, study.evidence());
    }

    static Verdict judge(int number, Evidence evidence) {
        return Verdicts.of(evidence).items().get(number - 1);
    }
}
