package io.thetascope.gateway.planning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.thetascope.artifacts.safetensors.TensorSpec;
import io.thetascope.contracts.identity.Digest;
import io.thetascope.contracts.run.Initialization;
import io.thetascope.contracts.run.RunSpec;
import io.thetascope.contracts.run.Seeds;
import io.thetascope.contracts.study.AcceptedStudy;
import io.thetascope.contracts.study.DatasetSource;
import io.thetascope.contracts.study.PlannedRun;
import io.thetascope.contracts.study.RunRole;
import io.thetascope.gateway.request.Problem;
import io.thetascope.gateway.request.RefusedRequestException;
import io.thetascope.gateway.testing.Samples;
import io.thetascope.gateway.testing.WeightFiles;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PretrainedPlanTest {
    private static final Digest UPLOAD = new Digest("1".repeat(64));
    private static final Digest CHOICE = new Digest("3".repeat(64));

    private static List<PlannedRun> recipients(AcceptedStudy study) {
        return study.runs().stream()
                .filter(run -> run.role() == RunRole.BASE
                        && run.spec().initialization().kind().equals(Initialization.PRETRAINED))
                .toList();
    }

    private static Optional<PlannedRun> donorOf(PlannedRun recipient, AcceptedStudy study) {
        return study.runs().stream()
                .filter(run ->
                        run.runId().equals(recipient.spec().initialization().donor()))
                .findFirst();
    }

    private static List<Problem> refused(String yaml, List<PretrainedSource> chosen) {
        return catchThrowableOfType(
                        RefusedRequestException.class,
                        () -> Samples.plan(yaml, chosen, Map.of()).acceptable())
                .problems();
    }

    private static RunSpec run(String yaml) {
        return Samples.plan(yaml).study().runs().get(0).spec();
    }

    @Test
    void greyLeNetsTakeEachOthersKaimingUniformRunWithTheSameOptimizerAndSeed() {
        AcceptedStudy study = Samples.plan("""
                networks: [lenet]
                datasets: [mnist, fashion-mnist]
                initializations: [kaiming-uniform, kaiming-normal, pretrained]
                optimizers: [sgd, adam]
                seeds: [1, 2]
                """).acceptable();

        assertThat(study.runs()).hasSize(24).extracting(PlannedRun::role).containsOnly(RunRole.BASE);
        assertThat(recipients(study)).hasSize(8).allSatisfy(recipient -> {
            PlannedRun donor = donorOf(recipient, study).orElseThrow();
            assertThat(donor.spec().dataset().name())
                    .isEqualTo(recipient.spec().dataset().name().equals("mnist") ? "fashion-mnist" : "mnist");
            assertThat(donor.spec().initialization()).isEqualTo(Initialization.drawn(Initialization.KAIMING_UNIFORM));
            assertThat(donor.spec().optimizer()).isEqualTo(recipient.spec().optimizer());
            assertThat(donor.seed()).isEqualTo(recipient.seed());
        });
    }

    @Test
    void colourLeNetsTakeAnExtraDonorOnReplicatedFashionMnistThatNobodyPerturbs() {
        AcceptedStudy study = Samples.plan("""
                networks: [lenet]
                datasets: [cifar10]
                initializations: [pretrained]
                optimizers: [sgd, adam]
                seeds: [7]
                perturbations: [sign-flip]
                twins: [same-seed]
                """).acceptable();

        assertThat(study.runs())
                .extracting(PlannedRun::role)
                .containsExactly(
                        RunRole.DONOR,
                        RunRole.DONOR,
                        RunRole.BASE,
                        RunRole.BASE,
                        RunRole.PERTURBED,
                        RunRole.TWIN_SAME_SEED,
                        RunRole.PERTURBED,
                        RunRole.TWIN_SAME_SEED);
        assertThat(study.datasets())
                .extracting(DatasetSource::name)
                .containsExactlyInAnyOrder("cifar10", "fashion-mnist");
        assertThat(recipients(study)).allSatisfy(recipient -> {
            RunSpec donor = donorOf(recipient, study).orElseThrow().spec();
            assertThat(donor.input()).isEqualTo(recipient.spec().input()).hasToString("3x32x32");
            assertThat(donor.dataset().name()).isEqualTo("fashion-mnist");
            assertThat(donor.seeds()).isEqualTo(Seeds.ofBase(7));
            assertThat(donor.optimizer()).isEqualTo(recipient.spec().optimizer());
        });
        assertThat(study.runs().get(0).seed()).isEqualTo(7);
    }

    @Test
    void donorsComeBeforeTheirRecipientsInTheStudysOrder() {
        AcceptedStudy study = Samples.plan("preset: paper-162").study();

        List<PlannedRun> runs = study.runs();
        assertThat(recipients(study))
                .filteredOn(recipient -> recipient.spec().network().equals("lenet"))
                .hasSize(6)
                .allSatisfy(recipient -> assertThat(
                                runs.indexOf(donorOf(recipient, study).orElseThrow()))
                        .isBetween(0, runs.indexOf(recipient) - 1));
    }

    @Test
    void aDonorWhoseCellIsExcludedIsTrainedApart() {
        AcceptedStudy study = Samples.plan("{networks: [lenet], datasets: [mnist], initializations: [pretrained]}")
                .acceptable();
        assertThat(study.runs()).extracting(PlannedRun::role).containsExactly(RunRole.DONOR, RunRole.BASE);
        assertThat(study.runs().get(0).spec().dataset().name()).isEqualTo("fashion-mnist");
        assertThat(study.runs().get(0).spec().input()).hasToString("1x32x32");
    }

    @Test
    void otherNetworksTakeTheNewestUpload() {
        AcceptedStudy study = Samples.plan(
                        "{networks: [resnet18], datasets: [mnist], initializations: [pretrained]}",
                        List.of(),
                        Map.of("resnet18", UPLOAD))
                .acceptable();
        assertThat(study.runs())
                .extracting(run -> run.spec().initialization())
                .containsExactly(new Initialization(Initialization.PRETRAINED, UPLOAD, null));
    }

    @Test
    void choicesWinOverUploadsAndDonorsWhereTheyMatch() {
        RunSpec finished = run("{networks: [lenet], datasets: [fashion-mnist], seeds: [99]}");
        AcceptedStudy study = Samples.plan(
                        """
                networks: [lenet, resnet18]
                datasets: [mnist, cifar10]
                initializations: [pretrained]
                pretrained:
                  - {network: lenet, dataset: mnist, from: "run:%s"}
                  - {network: resnet18, from: "%s"}
                """.formatted(finished.id(), CHOICE),
                        List.of(
                                new PretrainedSource.FinishedRun(finished),
                                new PretrainedSource.Weights(CHOICE, shapesOfResNet18())),
                        Map.of("resnet18", UPLOAD))
                .acceptable();

        assertThat(recipients(study))
                .extracting(
                        run -> run.spec().network() + " " + run.spec().dataset().name())
                .containsExactly("resnet18 mnist", "resnet18 cifar10", "lenet mnist", "lenet cifar10");
        assertThat(recipients(study).get(0).spec().initialization().weights()).isEqualTo(CHOICE);
        assertThat(recipients(study).get(2).spec().initialization().donor()).isEqualTo(finished.id());
        assertThat(study.runs()).filteredOn(run -> run.role() == RunRole.DONOR).hasSize(1);
    }

    @Test
    void aStudyWithoutItsWeightsIsPlannedButNotAccepted() {
        String yaml = "{networks: [lenet, resnet18, vgg19], datasets: [mnist, cifar10], initializations: [pretrained]}";
        assertThat(Samples.plan(yaml).study().runs()).hasSize(6 + 2);
        assertThat(refused(yaml, List.of()))
                .extracting(Problem::field, Problem::value)
                .containsExactly(tuple("pretrained", "resnet18"), tuple("pretrained", "vgg19"));
        assertThat(refused(yaml, List.of()).get(0).remedy())
                .isEqualTo(
                        "upload weights of resnet18 with PUT /api/v1/pretrained/resnet18, or take those of a finished"
                                + " run, such as pretrained: [{network: resnet18, from: \"run:r…\"}], or leave the cells out"
                                + " with exclude: [{network: resnet18, initialization: pretrained}]");
    }

    @Test
    void aRunOfOtherChannelsOrAnotherNetworkGivesNoWeights() {
        RunSpec grey = run("{networks: [lenet], datasets: [mnist]}");
        String study = "{networks: [%s], datasets: [cifar10], initializations: [pretrained], pretrained: [{network: %s,"
                + " from: \"run:" + grey.id() + "\"}]}";
        List<PretrainedSource> chosen = List.of(new PretrainedSource.FinishedRun(grey));

        assertThat(refused(study.formatted("lenet", "lenet"), chosen))
                .containsExactly(new Problem(
                        "pretrained[0].from",
                        "run:" + grey.id(),
                        "a run of lenet that sees 3x32x32, as its cells of cifar10 do; this one is lenet and sees"
                                + " 1x32x32"));
        assertThat(refused(study.formatted("resnet18", "resnet18"), chosen))
                .extracting(Problem::remedy)
                .containsExactly(
                        "a run of resnet18 that sees 3x32x32, as its cells of cifar10 do; this one is lenet and"
                                + " sees 1x32x32");
    }

    private static Map<String, List<Long>> shapesOfResNet18() {
        return WeightFiles.imageNet("resnet18").stream().collect(Collectors.toMap(TensorSpec::name, TensorSpec::shape));
    }

    @Test
    void aFileThatDoesNotFitTheNetworkIsRefusedOnceWithTheReason() {
        String yaml = "{networks: [resnet18], datasets: [mnist, cifar10], initializations: [pretrained],"
                + " pretrained: [{network: resnet18, from: \"" + CHOICE + "\"}]}";
        Map<String, List<Long>> shapes = new HashMap<>(shapesOfResNet18());
        assertThat(Samples.plan(yaml, List.of(new PretrainedSource.Weights(CHOICE, shapes)), Map.of())
                        .acceptable()
                        .runs())
                .hasSize(2);

        shapes.put("conv1.weight", List.of(64L, 3L, 3L, 3L));
        assertThat(refused(yaml, List.of(new PretrainedSource.Weights(CHOICE, shapes))))
                .containsExactly(new Problem(
                        "pretrained[0].from",
                        CHOICE.value(),
                        "the digest of weights of resnet18: the weights do not fit resnet18: conv1.weight is [64, 3, 3,"
                                + " 3] where resnet18 has [64, 3, 7, 7]"));
    }

    @Test
    void saysWhichChoiceNoCellNeeds() {
        String yaml =
                "{networks: [lenet], datasets: [mnist], pretrained: [{network: lenet, from: \"" + CHOICE + "\"}]}";
        assertThat(Samples.plan(yaml, List.of(new PretrainedSource.Weights(CHOICE, Map.of())), Map.of())
                        .warnings())
                .extracting(PlanWarning::code)
                .contains("PRETRAINED_UNUSED");
    }

    @Test
    void aSizeThatImagesOrNetworksDoNotFitIsRefused() {
        assertThat(refused("{networks: [vgg19, resnet18], datasets: [mnist], inputSize: 28}", List.of()))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.field()).isEqualTo("inputSize");
                    assertThat(problem.value()).isEqualTo(28);
                    assertThat(problem.remedy()).startsWith("a size that vgg19 fits; at 3x28x28 it does not: ");
                });
        assertThat(refused("{networks: [lenet], datasets: [mnist, cifar10], inputSize: 30}", List.of()))
                .extracting(Problem::remedy)
                .containsExactly(
                        "at least 32, and an even number, so that cifar10's 32 by 32 pixels can be padded alike"
                                + " on all sides");
        assertThat(refused("{networks: [lenet], datasets: [mnist], inputSize: 33}", List.of()))
                .extracting(Problem::remedy)
                .containsExactly(
                        "at least 28, and an even number, so that mnist's 28 by 28 pixels can be padded alike on"
                                + " all sides");
    }

    @Test
    void imagesThatATrainerCannotHoldAreRefusedWithWhatFits() {
        assertThat(refused("{networks: [resnet18], datasets: [mnist], inputSize: 224}", List.of()))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.field()).isEqualTo("inputSize");
                    assertThat(problem.remedy())
                            .contains("70000 images of mnist")
                            .contains("at most 21399 fit"); // 2^30 / 224^2
                });
        assertThat(Samples.plan("{networks: [resnet18], datasets: [mnist], inputSize: 224, train: {limit: 11000}}")
                        .study()
                        .runs())
                .hasSize(1);
    }

    @Test
    void anOverrideThatOnlyADonorMatchesIsUsed() {
        String study = "networks: [lenet], datasets: [cifar10], initializations: [pretrained], overrides: ["
                + "{match: {dataset: fashion-mnist}, set: {epochs: 7}}, {match: {dataset: mnist}, set: {epochs: 9}}]";

        PlannedStudy plan = Samples.plan("{" + study + "}");

        assertThat(plan.study().runs().get(0).role()).isEqualTo(RunRole.DONOR);
        assertThat(plan.study().runs().get(0).spec().epochs()).isEqualTo(7);
        assertThat(plan.warnings())
                .filteredOn(w -> w.code().equals("OVERRIDE_UNUSED"))
                .singleElement()
                .satisfies(w -> assertThat(w.message()).contains("{dataset=mnist}"));
    }
}
