package io.thetascope.gateway.planning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.thetascope.contracts.analysis.AnalysisKind;
import io.thetascope.contracts.identity.Digest;
import io.thetascope.contracts.run.OptimizerSpec;
import io.thetascope.contracts.run.RunSpec;
import io.thetascope.contracts.study.AcceptedStudy;
import io.thetascope.contracts.study.PlannedRun;
import io.thetascope.contracts.study.RunRole;
import io.thetascope.gateway.testing.Samples;
import io.thetascope.networks.Networks;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The studies of the deck, by their numbers. */
class PaperPlanTest {
    private static final Map<String, Digest> UPLOADS =
            Map.of("resnet18", new Digest("1".repeat(64)), "vgg19", new Digest("2".repeat(64)));

    private static Map<AnalysisKind, Long> analyses(AcceptedStudy study) {
        return study.analyses().stream().collect(Collectors.groupingBy(a -> a.kind(), Collectors.counting()));
    }

    private static PlanSummary summary(PlannedStudy plan) {
        return PlanSummary.of(plan, MeasuredRates.none());
    }

    @Test
    void paper162HasFiftyFourBaseRunsAndTwiceAsManyPerturbed() {
        PlannedStudy plan = Samples.plan("preset: paper-162", List.of(), UPLOADS);

        assertThat(summary(plan).runs()).isEqualTo(new PlanSummary.RunCounts(54, 108, 108, 2));
        assertThat(analyses(plan.acceptable()))
                .containsOnly(
                        entry(AnalysisKind.MOVEMENT, 272 * 4L),
                        entry(AnalysisKind.FEATURES, 272 * 5L),
                        entry(AnalysisKind.ORDER, 272L),
                        entry(AnalysisKind.LAZINESS, 56L),
                        entry(AnalysisKind.INTEGRITY, 272L),
                        entry(AnalysisKind.PERTURBATION, 108L),
                        entry(AnalysisKind.TWIN, 108L),
                        entry(AnalysisKind.EFFECT, 108L),
                        entry(AnalysisKind.NULL, 54L),
                        entry(AnalysisKind.PAIR, 9 * 15L),
                        entry(AnalysisKind.ALIGNMENT, 6 * 15L),
                        entry(AnalysisKind.ORDER_AGREEMENT, 9 * 15L),
                        entry(AnalysisKind.PATH, 216L),
                        entry(AnalysisKind.SYMMETRY, 108L),
                        entry(AnalysisKind.BARRIER, 36 * 4L));
        assertThat(plan.warnings())
                .extracting(PlanWarning::code)
                .contains("ONE_SEED", "GEOMETRY_DEAD", "LARGE_CHECKPOINTS", "ALIGNMENT_ON_REQUEST")
                .doesNotContain("PRETRAINED_MISSING");
    }

    @Test
    void paper162IsCountedRightlyBeforeAnythingWasUploaded() {
        PlannedStudy plan = Samples.plan("preset: paper-162");

        assertThat(summary(plan).runs()).isEqualTo(new PlanSummary.RunCounts(54, 108, 108, 2));
        assertThat(plan.study().analyses())
                .hasSize(1_088 + 1_360 + 272 + 56 + 272 + 108 + 108 + 108 + 54 + 135 + 90 + 135 + 216 + 108 + 144);
        assertThat(plan.warnings())
                .filteredOn(w -> w.code().equals("PRETRAINED_MISSING"))
                .extracting(PlanWarning::message)
                .satisfiesExactly(
                        first -> assertThat(first).contains("resnet18", "PUT /api/v1/pretrained/resnet18"),
                        second -> assertThat(second).contains("vgg19", "PUT /api/v1/pretrained/vgg19"));
    }

    @Test
    void paper126LeavesOutTheTwoCellsThatTheDeckSeemsToDrop() {
        PlannedStudy plan = Samples.plan("preset: paper-126", List.of(), UPLOADS);

        assertThat(summary(plan).runs()).isEqualTo(new PlanSummary.RunCounts(42, 84, 84, 0));
        assertThat(analyses(plan.acceptable()))
                .containsOnly(
                        entry(AnalysisKind.MOVEMENT, 210 * 4L),
                        entry(AnalysisKind.FEATURES, 210 * 5L),
                        entry(AnalysisKind.ORDER, 210L),
                        entry(AnalysisKind.LAZINESS, 42L),
                        entry(AnalysisKind.INTEGRITY, 210L),
                        entry(AnalysisKind.PERTURBATION, 84L),
                        entry(AnalysisKind.TWIN, 84L),
                        entry(AnalysisKind.EFFECT, 84L),
                        entry(AnalysisKind.NULL, 42L),
                        entry(AnalysisKind.PAIR, 3 * (6 + 15 + 6L)),
                        entry(AnalysisKind.ALIGNMENT, 3 * (6 + 15L)),
                        entry(AnalysisKind.ORDER_AGREEMENT, 3 * (6 + 15 + 6L)),
                        entry(AnalysisKind.PATH, 168L),
                        entry(AnalysisKind.SYMMETRY, 84L),
                        entry(AnalysisKind.BARRIER, 30 * 4L));
    }

    @Test
    void resnetMysteryTrainsBothStemsAndTellsOfTheDeadWeightsBefore() {
        PlannedStudy plan = Samples.plan("preset: resnet-mystery");

        assertThat(summary(plan).runs()).isEqualTo(new PlanSummary.RunCounts(14, 0, 0, 0));
        assertThat(plan.acceptable().runs())
                .filteredOn(run -> run.spec().network().equals("resnet18-cifar"))
                .extracting(run -> run.spec().optimizer().kind())
                .containsExactly(OptimizerSpec.SGD, OptimizerSpec.ADAM);
        assertThat(plan.warnings())
                .filteredOn(w -> w.code().equals("GEOMETRY_DEAD"))
                .singleElement()
                .extracting(PlanWarning::message)
                .isEqualTo("6,946,816 of 11,181,642 parameters (62.13 %) of resnet18 at 3x32x32 can never move: their"
                        + " kernel taps only meet padding");
        assertThat(summary(plan).estimatedSeconds()).isLessThan(15 * 60);
    }

    @Test
    void escapeCurveSharesThreeTwinsAmongTheEightSizesOfEverySeed() {
        PlannedStudy plan = Samples.plan("preset: escape-curve");

        assertThat(summary(plan).runs()).isEqualTo(new PlanSummary.RunCounts(3, 24, 9, 0));
        assertThat(plan.acceptable().runs().stream()
                        .flatMap(run -> Stream.ofNullable(run.spec().origin()))
                        .flatMap(origin -> Stream.ofNullable(origin.perturbation()))
                        .map(perturbation -> perturbation.value())
                        .distinct())
                .containsExactly(1e-6, 1e-5, 1e-4, 1e-3, 3e-3, 1e-2, 3e-2, 1e-1);
        assertThat(summary(plan).estimatedSeconds()).isLessThan(10 * 60);
    }

    @Test
    void geometryDeadWeightsMoveByDecayAlone() {
        String yaml = "{networks: [resnet18], datasets: [mnist], train: {weightDecay: 0.01}}";
        assertThat(Samples.plan(yaml).warnings())
                .filteredOn(w -> w.code().equals("GEOMETRY_DEAD"))
                .extracting(PlanWarning::message)
                .singleElement()
                .asString()
                .contains("only weight decay moves them");
    }

    @Test
    void noWeightIsGeometryDeadAtFortyPixels() {
        PlannedStudy plan = Samples.plan("{networks: [resnet18], datasets: [cifar10], inputSize: 40}");
        assertThat(plan.study().runs().get(0).spec().input().toString()).isEqualTo("3x40x40");
        assertThat(plan.warnings()).extracting(PlanWarning::code).doesNotContain("GEOMETRY_DEAD");
    }

    @Test
    void bytesCountCheckpointsAndTwoBitsAParameterOfEveryRun() {
        String study = "networks: [vgg19], datasets: [mnist], perturbations: [sign-flip]";
        long one = 139_611_210L * 4;
        long evidence = (139_611_210L * 2 + 7) / 8;

        PlannedStudy kept = Samples.plan("{" + study + "}");
        assertThat(summary(kept).bytes()).isEqualTo(4 * (5 * one + 4 * evidence)); // the start has none
        assertThat(summary(Samples.plan("{" + study + ", evidence: false}")).bytes())
                .isEqualTo(4 * 5 * one);
        assertThat(kept.warnings())
                .filteredOn(w -> w.code().equals("LARGE_CHECKPOINTS"))
                .extracting(PlanWarning::message)
                .containsExactly(
                        "One checkpoint of vgg19 at 3x32x32 has 558 MB; its 4 runs will store 11.7 GB, the whole"
                                + " study 11.7 GB.");
    }

    @Test
    void everyNetworkHasItsRecipe() {
        List<PlannedRun> runs = Samples.plan(
                        "{networks: [lenet, resnet18, resnet18-cifar, vgg19, vgg19-small], datasets: [mnist], optimizers: [sgd, adam]}")
                .study()
                .runs();

        assertThat(runs).hasSize(2 * Networks.names().size());
        for (PlannedRun run : runs) {
            RunSpec spec = run.spec();
            boolean deep = spec.network().startsWith("vgg19");
            int warmup = deep ? 1 : 0;
            OptimizerSpec expected = spec.optimizer().kind().equals(OptimizerSpec.SGD)
                    ? OptimizerSpec.sgd(deep ? 0.002 : 0.01, 0.9, 0, warmup)
                    : OptimizerSpec.adam(deep ? 1e-4 : 1e-3, 0, warmup);
            assertThat(spec.optimizer()).as(spec.network()).isEqualTo(expected);
            assertThat(spec.input().channels()).isEqualTo(spec.network().equals("lenet") ? 1 : 3);
            assertThat(spec.evidence()).isTrue();
        }
    }

    @Test
    void exclusionsOverridesAndSeedsWorkForEveryNetwork() {
        List<PlannedRun> runs = Samples.plan("""
                networks: [lenet, resnet18, resnet18-cifar, vgg19, vgg19-small]
                datasets: [mnist, cifar10]
                optimizers: [sgd, adam]
                seeds: [1, 2, 3]
                exclude: [{network: vgg19, dataset: cifar10}, {network: resnet18-cifar, optimizer: adam}]
                overrides:
                  - {match: {network: vgg19, optimizer: sgd}, set: {learningRate: 0.001, warmupEpochs: 2}}
                  - {match: {network: resnet18}, set: {batch: 32, epochs: 4}}
                train: {validation: 5000}
                """).study().runs();

        assertThat(runs).hasSize((5 * 4 - 2 - 2) * 3);
        assertThat(runs).extracting(PlannedRun::role).containsOnly(RunRole.BASE);
        assertThat(runs).extracting(PlannedRun::runId).doesNotHaveDuplicates();
        assertThat(runs)
                .filteredOn(run -> run.spec().network().equals("vgg19")
                        && run.spec().optimizer().kind().equals("sgd"))
                .hasSize(3)
                .allSatisfy(run -> assertThat(run.spec().optimizer()).isEqualTo(OptimizerSpec.sgd(0.001, 0.9, 0, 2)));
        assertThat(runs)
                .filteredOn(run -> run.spec().network().equals("resnet18"))
                .hasSize(12)
                .allSatisfy(
                        run -> assertThat(List.of(run.spec().batch(), run.spec().epochs()))
                                .containsExactly(32, 4));
        assertThat(runs)
                .filteredOn(run -> run.spec().dataset().name().equals("cifar10"))
                .allSatisfy(run -> assertThat(run.spec().dataset().train()).isEqualTo(45_000));
    }

    @Test
    void aNetworkTooLargeToBeAlignedUnaskedIsNamedWithWhatItCosts() {
        PlannedStudy plan = Samples.plan("preset: paper-162", List.of(), UPLOADS);

        assertThat(plan.warnings())
                .filteredOn(w -> w.code().equals("ALIGNMENT_ON_REQUEST"))
                .singleElement()
                .extracting(PlanWarning::message)
                .asString()
                .startsWith(
                        "The 45 pairs of vgg19 at 3x32x32 are compared but not aligned: it has 139,611,210 parameters")
                .contains("POST /api/v1/runs/{id}/analyses", "1,117 MB or more");
    }
}
