package io.thetascope.gateway.damage;

import static org.assertj.core.api.Assertions.assertThat;

import io.thetascope.contracts.analysis.AnalysisKind;
import io.thetascope.contracts.analysis.AnalysisRequest;
import io.thetascope.contracts.analysis.IntegrityResult;
import io.thetascope.contracts.analysis.IntegrityResult.CheckpointAudit;
import io.thetascope.contracts.analysis.IntegrityResult.Finding;
import io.thetascope.contracts.analysis.RunAnalyses;
import io.thetascope.contracts.identity.Digest;
import io.thetascope.contracts.identity.Step;
import io.thetascope.contracts.run.Perturbation;
import io.thetascope.contracts.run.RunSpec;
import io.thetascope.gateway.planning.PairAnalyses;
import io.thetascope.gateway.planning.Retrainings;
import io.thetascope.gateway.testing.Samples;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DamageTest {
    private static final RunSpec RUN =
            Samples.plan("preset: quick").study().runs().get(0).spec();
    private static final RunSpec OTHER =
            Samples.plan("preset: quick").study().runs().get(1).spec();
    private static final Digest ANNOUNCED = new Digest("a".repeat(64));
    private static final Step MIDDLE = RUN.schedule().checkpointSteps().get(2);

    private static CheckpointAudit audit(Step step, List<Finding> damage) {
        return new CheckpointAudit(step, 1, "key", ANNOUNCED, ANNOUNCED, null, damage, List.of());
    }

    private static Damage at(Step step) {
        return Damage.of(Map.of(
                RUN.id(), List.of(new DamagedStep(step, List.of(new Finding(Finding.SWAPPED, "restore the object"))))));
    }

    private static List<AnalysisRequest> withheld(Damage damage) {
        return RunAnalyses.of(RUN).stream()
                .filter(request -> damage.withholds(request).isPresent())
                .toList();
    }

    @Test
    void withholdsEverythingThatReadsADamagedStepButTheAuditItself() {
        Damage damage = at(MIDDLE);

        assertThat(withheld(damage))
                .extracting(AnalysisRequest::kind)
                .containsExactly(
                        // to it, at it, from it, and the one that takes the angle with what came before
                        AnalysisKind.MOVEMENT,
                        AnalysisKind.FEATURES,
                        AnalysisKind.MOVEMENT,
                        AnalysisKind.MOVEMENT,
                        AnalysisKind.ORDER);
        assertThat(damage.withholds(PairAnalyses.of(RUN, OTHER).orderAgreement()))
                .hasValueSatisfying(reason -> assertThat(reason)
                        .contains("run " + RUN.id() + ", step " + MIDDLE + " is damaged: swapped, restore the object"));
        assertThat(damage.withholds(PairAnalyses.of(RUN, OTHER).pair())).isEmpty();
    }

    @Test
    void aDamagedEndTakesComparisonsAlignmentsAndLazinessAway() {
        Damage damage = at(RUN.schedule().lastStep());

        assertThat(damage.withholds(PairAnalyses.of(RUN, OTHER).pair())).isPresent();
        assertThat(damage.withholds(PairAnalyses.of(RUN, OTHER).alignment())).isPresent();
        assertThat(damage.withholds(RunAnalyses.laziness(RUN))).isPresent();
        assertThat(damage.withholds(RunAnalyses.integrity(RUN))).isEmpty();
        assertThat(damage.withholds(RunAnalyses.laziness(OTHER))).isEmpty();
    }

    @Test
    void aGapWithholdsOnlyWhatIsMeasuredOverTheWhole() {
        IntegrityResult gap = new IntegrityResult(
                false,
                5,
                List.of(audit(Step.START, List.of())),
                List.of(new Finding(Finding.GAP, "step 160 is missing")));
        Damage damage = Damage.of(Map.of(RUN.id(), Damage.in(gap, Map.of())));

        assertThat(withheld(damage)).extracting(AnalysisRequest::kind).containsExactly(AnalysisKind.ORDER);
        assertThat(damage.of(RUN.id()).get(0).says()).isEqualTo("the trajectory is damaged: gap, step 160 is missing");
    }

    @Test
    void thePathOfARetrainingIsWithheldWhereAnyCheckpointOrTheWholeTrajectoryIsDamaged() {
        RunSpec child = RUN.perturbed(Perturbation.signFlip());
        AnalysisRequest path = Retrainings.path(RUN, child);
        Finding damage = new Finding(Finding.SWAPPED, "restore the object");

        for (Step step : child.schedule().checkpointSteps()) {
            assertThat(Damage.of(Map.of(child.id(), List.of(new DamagedStep(step, List.of(damage)))))
                            .withholds(path))
                    .isPresent();
        }
        assertThat(Damage.of(Map.of(child.id(), List.of(new DamagedStep(null, List.of(damage)))))
                        .withholds(path))
                .isPresent();
        assertThat(at(RUN.schedule().lastStep()).withholds(path)).isPresent();
        assertThat(at(MIDDLE).withholds(path)).isEmpty(); // of the parent only the end is read
    }

    @Test
    void aDigestOtherThanThatOfItsFactIsDamageThoughTheAuditFoundNone() {
        IntegrityResult sound = new IntegrityResult(true, 1, List.of(audit(MIDDLE, List.of())), List.of());
        Digest fact = new Digest("b".repeat(64));

        assertThat(Damage.in(sound, Map.of(MIDDLE, ANNOUNCED))).isEmpty();
        assertThat(Damage.in(sound, Map.of(MIDDLE, fact))).singleElement().satisfies(damaged -> {
            assertThat(damaged.step()).isEqualTo(MIDDLE);
            assertThat(damaged.says()).contains("digest differs from its fact", fact.value(), ANNOUNCED.value());
        });
    }

    @Test
    void anUnsoundAuditWithoutAPlaceDamagesTheWhole() {
        IntegrityResult unsound = new IntegrityResult(false, 1, List.of(audit(MIDDLE, List.of())), List.of());

        assertThat(Damage.in(unsound, Map.of()))
                .singleElement()
                .satisfies(damaged -> assertThat(damaged.step()).isNull());
    }
}
