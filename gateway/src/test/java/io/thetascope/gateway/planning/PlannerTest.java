package io.thetascope.gateway.planning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.thetascope.contracts.analysis.AnalysisInput;
import io.thetascope.contracts.analysis.AnalysisKind;
import io.thetascope.contracts.analysis.AnalysisRequest;
import io.thetascope.contracts.analysis.ProbeSet;
import io.thetascope.contracts.json.Json;
import io.thetascope.contracts.run.RunSpec;
import io.thetascope.contracts.study.AcceptedStudy;
import io.thetascope.contracts.study.RunRole;
import io.thetascope.contracts.study.StudySpec;
import io.thetascope.gateway.request.Problem;
import io.thetascope.gateway.request.Problems;
import io.thetascope.gateway.testing.Samples;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PlannerTest {
    @Test
    void quickHasTwentyRunsAndTheirAnalyses() {
        AcceptedStudy study = Samples.plan("preset: quick").study();

        Map<RunRole, Long> roles =
                study.runs().stream().collect(Collectors.groupingBy(r -> r.role(), Collectors.counting()));
        assertThat(roles)
                .isEqualTo(Map.of(
                        RunRole.BASE, 4L,
                        RunRole.PERTURBED, 8L,
                        RunRole.TWIN_SAME_SEED, 4L,
                        RunRole.TWIN_NEW_SEED, 4L));
        Map<AnalysisKind, Long> kinds =
                study.analyses().stream().collect(Collectors.groupingBy(a -> a.kind(), Collectors.counting()));
        assertThat(kinds)
                .containsOnly(
                        entry(AnalysisKind.MOVEMENT, 80L),
                        entry(AnalysisKind.FEATURES, 100L),
                        entry(AnalysisKind.ORDER, 20L),
                        entry(AnalysisKind.LAZINESS, 4L),
                        entry(AnalysisKind.INTEGRITY, 20L),
                        entry(AnalysisKind.PERTURBATION, 8L),
                        entry(AnalysisKind.TWIN, 8L),
                        entry(AnalysisKind.EFFECT, 8L),
                        entry(AnalysisKind.NULL, 4L),
                        entry(AnalysisKind.PAIR, 6L),
                        entry(AnalysisKind.ALIGNMENT, 6L),
                        entry(AnalysisKind.ORDER_AGREEMENT, 6L),
                        entry(AnalysisKind.PATH, 16L),
                        entry(AnalysisKind.SYMMETRY, 8L),
                        entry(AnalysisKind.BARRIER, 16L));
    }

    @Test
    void comparisonsAreTakenOnTheImagesThatBothAreTestedOn() {
        AcceptedStudy study =
                Samples.plan("{preset: quick, test: {limit: 300}}").study();

        assertThat(study.analyses())
                .filteredOn(a -> a.kind().comparesModels() || a.kind() == AnalysisKind.ORDER_AGREEMENT)
                .hasSize(40)
                .allSatisfy(a -> assertThat(a.probe())
                        .isEqualTo(new ProbeSet(Samples.fashionMnist().digest(), 300, 300, 0)));
        assertThat(study.analyses())
                .filteredOn(a -> a.kind() == AnalysisKind.ALIGNMENT)
                .allSatisfy(a -> assertThat(a.probe()).isNull());
    }

    @Test
    void orderAgreementReadsEveryCheckpointOfBothAndIsLeftOutWhereTheyLieAtOtherEpochs() {
        AcceptedStudy same = Samples.plan("preset: quick").study();
        AnalysisRequest agreement = same.analyses().stream()
                .filter(a -> a.kind() == AnalysisKind.ORDER_AGREEMENT)
                .findFirst()
                .orElseThrow();
        assertThat(agreement.inputs()).extracting(AnalysisInput::name).contains("left-0", "left-640", "right-160");
        assertThat(agreement.inputs()).hasSize(10);

        AcceptedStudy other = Samples.plan("""
                {preset: quick, overrides: [{match: {optimizer: adam}, set: {epochs: 7}}]}
                """).study();
        assertThat(other.analyses())
                .filteredOn(a -> a.kind() == AnalysisKind.ORDER_AGREEMENT)
                .hasSize(2); // the pairs of one optimizer
    }

    @Test
    void sumsUpItsAnalysesByKind() {
        PlanSummary summary = PlanSummary.of(Samples.plan("preset: quick"), MeasuredRates.none());

        assertThat(summary.analysesByKind()).containsEntry(AnalysisKind.MOVEMENT, 80L);
        assertThat(summary.analysesByKind().values().stream().mapToLong(n -> n).sum())
                .isEqualTo(summary.analyses());
    }

    @Test
    void idsAreThoseOfEarlierStudies() {
        // change these and old studies and runs are not found again; the study's changed when more was
        // measured, and all of them with format 2 of a run: starts of one seed are independent across initialisations
        AcceptedStudy study = Samples.plan("preset: quick").study();
        assertThat(study.studyId().value()).isEqualTo("s906f3c69bd1df044785a");
        assertThat(study.runs().get(0).runId().value()).isEqualTo("r5452f03ef372201a4e25");
        AcceptedStudy withoutEvidence =
                Samples.plan("{preset: quick, evidence: false}").study();
        assertThat(withoutEvidence.studyId().value()).isEqualTo("sdbf7e9bd82ff3e84e330");
        assertThat(withoutEvidence.runs().get(0).runId().value()).isEqualTo("r48b975389027baaba3a6");
    }

    @Test
    void namesAndOrderChangeNoId() {
        AcceptedStudy one =
                Samples.plan("{preset: quick, optimizers: [sgd, adam]}").study();
        AcceptedStudy other = Samples.plan("{preset: quick, name: other, optimizers: [adam, sgd]}")
                .study();
        assertThat(other.studyId()).isEqualTo(one.studyId());
        assertThat(Samples.plan("{preset: quick, seeds: [2]}").study().studyId())
                .isNotEqualTo(one.studyId());
    }

    @Test
    void parentsComeBeforeTheirChildren() {
        List<RunRole> roles = Samples.plan("preset: quick").study().runs().stream()
                .map(r -> r.role())
                .toList();
        assertThat(roles.subList(0, 4)).containsOnly(RunRole.BASE);
    }

    @Test
    void sumsUpWhatItCosts() {
        PlanSummary summary = PlanSummary.of(Samples.plan("preset: quick"), MeasuredRates.none());
        assertThat(summary.parameters()).isEqualTo(20 * 61_706L);
        assertThat(summary.bytes()).isEqualTo(20 * (5 * 61_706L * 4 + 4 * 15_427)); // two bits each after the start
        assertThat(summary.estimatedSeconds()).isBetween(100L, 2_000L);
        assertThat(summary.warnings()).extracting(PlanWarning::code).contains("ONE_SEED", "DATASET_UNVERIFIED");
    }

    @Test
    void countsTwinsOncePerParentHoweverManyPerturbationsShareThem() {
        PlanSummary summary = PlanSummary.of(
                Samples.plan("{preset: quick, seeds: [1, 2, 3], initializations: [kaiming-uniform], optimizers: [sgd],"
                        + " perturbations: [sign-flip, {kind: gaussian, matching: sign-flip}, ulp],"
                        + " twins: [same-seed, {kind: new-seed, count: 3}]}"),
                MeasuredRates.none());
        assertThat(summary.runs()).isEqualTo(new PlanSummary.RunCounts(3, 9, 12, 0));
    }

    @Test
    void parentsOfOneCellThatWereTrainedOtherwiseAreRefused() {
        RunSpec twenty = base("{preset: quick}");
        RunSpec five = base("{preset: quick, epochs: 5, seeds: [2]}");
        RunSpec otherSeed = base("{preset: quick, seeds: [2]}");

        assertThat(problemsOf(twenty, otherSeed)).isEmpty();
        assertThat(problemsOf(twenty, five)).singleElement().satisfies(problem -> {
            assertThat(problem.field()).isEqualTo("parents[1]");
            assertThat(problem.remedy()).contains(twenty.id().value(), "studies of their own");
        });
    }

    private static RunSpec base(String yaml) {
        return Samples.plan(yaml).study().runs().get(0).spec();
    }

    private static List<Problem> problemsOf(RunSpec... parents) {
        List<FinishedParent> finished =
                Stream.of(parents).map(run -> new FinishedParent(run, 1)).toList();
        StudySpec spec =
                Json.read("{\"perturbations\":[\"sign-flip\"]}".getBytes(StandardCharsets.UTF_8), StudySpec.class);
        Problems problems = new Problems();
        Planner.plan(spec, new PlanInputs(Map.of(), finished, List.of(), Map.of()), problems);
        return problems.list();
    }

    @Test
    void finishedParentsAreNotCountedAsTrainedAgain() {
        // Given
        RunSpec parent = Samples.plan("preset: quick").study().runs().get(0).spec();
        StudySpec spec = Json.read(
                ("{\"parents\":[\"" + parent.id() + "\"],\"perturbations\":[\"sign-flip\"],"
                                + "\"twins\":[\"same-seed\",{\"kind\":\"new-seed\",\"count\":2}]}")
                        .getBytes(StandardCharsets.UTF_8),
                StudySpec.class);
        PlanInputs inputs = new PlanInputs(Map.of(), List.of(new FinishedParent(parent, 7)), List.of(), Map.of());
        // When
        PlannedStudy plan = Planner.plan(spec, inputs, new Problems()).orElseThrow();
        // Then
        PlanSummary summary = PlanSummary.of(plan, MeasuredRates.none());
        assertThat(summary.runs()).isEqualTo(new PlanSummary.RunCounts(0, 1, 3, 0));
        assertThat(summary.parameters()).isEqualTo(4 * 61_706L);
        assertThat(plan.study().runs()).hasSize(5).allMatch(run -> run.seed() == 7);
        assertThat(plan.study().runs().get(0).role()).isEqualTo(RunRole.BASE);
    }

    @Test
    void excludedCellsAreLeftOutAndOverridesApplyWhereTheyMatch() {
        AcceptedStudy study = Samples.plan("""
                networks: [lenet]
                datasets: [fashion-mnist]
                initializations: [kaiming-uniform, kaiming-normal]
                optimizers: [sgd, adam]
                exclude: [{initialization: kaiming-normal, optimizer: adam}]
                overrides: [{match: {optimizer: adam}, set: {learningRate: 0.002, epochs: 3}}]
                """).study();
        assertThat(study.runs()).hasSize(3);
        assertThat(study.runs())
                .filteredOn(r -> r.spec().optimizer().kind().equals("adam"))
                .singleElement()
                .satisfies(run -> {
                    assertThat(run.spec().epochs()).isEqualTo(3);
                    assertThat(run.spec().optimizer().learningRate()).isEqualTo(0.002);
                });
    }

    @Test
    void refusesAStudyThatIsTooLargeBeforeSpellingItOut() {
        StudySpec vast = Samples.plan("{preset: quick, twins: [{kind: new-seed, count: 100}]}")
                .study()
                .spec();
        StudySpec manySeeds = new StudySpec(
                "",
                vast.networks(),
                vast.datasets(),
                vast.initializations(),
                vast.optimizers(),
                LongStream.range(0, 900).boxed().toList(),
                1,
                32,
                vast.train(),
                vast.test(),
                vast.checkpoints(),
                true,
                vast.perturbations(),
                vast.twins(),
                List.of(),
                "default",
                vast.gates(),
                List.of(),
                List.of(),
                List.of());
        Problems problems = new Problems();
        assertThat(Planner.plan(manySeeds, PlanInputs.of(Map.of("fashion-mnist", Samples.fashionMnist())), problems))
                .isEmpty();
        assertThat(problems.list()).extracting(Problem::remedy).anyMatch(r -> r.contains("at most 5000 runs"));
    }
}
