package io.thetascope.gateway.reading;

import static io.thetascope.gateway.testing.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.thetascope.contracts.analysis.AnalysisKind;
import io.thetascope.contracts.analysis.AnalysisOutcome;
import io.thetascope.contracts.analysis.AnalysisRequest;
import io.thetascope.contracts.analysis.ChangeMeasures;
import io.thetascope.contracts.analysis.ComparisonResult;
import io.thetascope.contracts.analysis.FeatureSimilarity;
import io.thetascope.contracts.analysis.FeaturesResult;
import io.thetascope.contracts.analysis.GroupMovement;
import io.thetascope.contracts.analysis.IntegrityResult;
import io.thetascope.contracts.analysis.IntegrityResult.CheckpointAudit;
import io.thetascope.contracts.analysis.IntegrityResult.Finding;
import io.thetascope.contracts.analysis.LazinessResult;
import io.thetascope.contracts.analysis.MovementResult;
import io.thetascope.contracts.analysis.NetOfNull;
import io.thetascope.contracts.analysis.RunAnalyses;
import io.thetascope.contracts.analysis.WithinClassCorrelation;
import io.thetascope.contracts.event.AnalysisCompleted;
import io.thetascope.contracts.event.CheckpointStored;
import io.thetascope.contracts.event.Event;
import io.thetascope.contracts.identity.Attempt;
import io.thetascope.contracts.identity.Digest;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.identity.Step;
import io.thetascope.contracts.json.Json;
import io.thetascope.contracts.run.ArtifactRef;
import io.thetascope.contracts.run.RunSpec;
import io.thetascope.contracts.run.StoredCheckpoint;
import io.thetascope.contracts.study.AcceptedStudy;
import io.thetascope.gateway.damage.Damage;
import io.thetascope.gateway.damage.DamagedStep;
import io.thetascope.gateway.database.Database;
import io.thetascope.gateway.planning.PairAnalyses;
import io.thetascope.gateway.projection.FactPosition;
import io.thetascope.gateway.projection.FactProjection;
import io.thetascope.gateway.testing.Samples;
import io.thetascope.gateway.testing.TestDatabase;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the API shows of measures, and what it keeps back where a checkpoint is damaged. */
class WithheldTest {
    private static final AcceptedStudy STUDY = Samples.plan("preset: quick").study();
    private static final RunSpec SPEC = STUDY.runs().get(0).spec();
    private static final RunSpec OTHER = STUDY.runs().get(1).spec();
    private static final RunId RUN = SPEC.id();
    private static final List<Step> STEPS = SPEC.schedule().checkpointSteps();
    private static final AnalysisRequest PAIR = PairAnalyses.of(SPEC, OTHER).pair();
    private static final NetOfNull NET = new NetOfNull(20, 0.1, 0.01, 0.5, 0.48, 0.52);

    private final Database database = TestDatabase.create();
    private final AnalysisReading analyses = new AnalysisReading(database);
    private final DamageReading damage = new DamageReading(database);
    private final FactProjection projection =
            new FactProjection(database, id -> Optional.of(STUDY), (session, fact) -> {});
    private long offset;

    @BeforeEach
    void everythingIsMeasured() {
        STEPS.forEach(step -> apply(new CheckpointStored(
                RUN,
                Attempt.of(0, 1),
                new StoredCheckpoint(step, 0, new ArtifactRef("key-" + step, digest(step), 9)),
                NOON)));
        RunAnalyses.movement(SPEC).forEach(request -> measured(request, movement(request), NOON));
        RunAnalyses.features(SPEC).forEach(request -> measured(request, features(request), NOON));
        measured(
                RunAnalyses.laziness(SPEC),
                new LazinessResult(SPEC.schedule().lastStep(), 9, 0.5, 1e-3, null, 0.25, List.of(), 0.1),
                NOON);
        measured(PAIR, comparison(), NOON);
    }

    private void apply(Event event) {
        projection.apply(event, new FactPosition(event.topic().topicName(), 0, offset++, NOON));
    }

    private void measured(AnalysisRequest request, Object result, Instant when) {
        apply(new AnalysisCompleted(
                request.id(),
                Attempt.of(offset, 1),
                request,
                AnalysisOutcome.MEASURED,
                null,
                List.of(),
                Json.tree(result),
                new ArtifactRef("analyses/" + request.id(), digest(Step.START), 9),
                when));
    }

    private void audited(Step damaged, List<Finding> findings, Instant when) {
        List<CheckpointAudit> audits = STEPS.stream()
                .map(step -> new CheckpointAudit(
                        step,
                        0,
                        "key-" + step,
                        digest(step),
                        digest(step),
                        null,
                        step.equals(damaged) ? findings : List.of(),
                        List.of()))
                .toList();
        measured(
                RunAnalyses.integrity(SPEC),
                new IntegrityResult(findings.isEmpty(), STEPS.size(), audits, List.of()),
                when);
    }

    private static Digest digest(Step step) {
        return Digest.of(new byte[] {(byte) (step.value() % 100)});
    }

    private static MovementResult movement(AnalysisRequest request) {
        Step to = request.input("to").orElseThrow().step();
        double reached = STEPS.indexOf(to);
        return new MovementResult(
                request.input("from").orElseThrow().step(),
                to,
                10,
                1.25,
                reached,
                1,
                1,
                null,
                null,
                Map.of(),
                null,
                List.of(),
                null,
                null,
                null,
                List.of(part("weight", reached)),
                part("live", reached));
    }

    private static GroupMovement part(String name, double reached) {
        ChangeMeasures change = new ChangeMeasures(Map.of(), Map.of(), 0);
        return new GroupMovement(name, 5, 2, reached, 1, 1, 1, null, null, null, Map.of(), change);
    }

    private static FeaturesResult features(AnalysisRequest request) {
        Step at = request.input("at").orElseThrow().step();
        double x = 0.1 + STEPS.indexOf(at);
        WithinClassCorrelation within = new WithinClassCorrelation(x / 2, null, null, 0.01);
        return new FeaturesResult(at, 9, 8, 0, x, x, x, 0.02, 0.5, within, x * 10, x * 20, 8, List.of());
    }

    private static ComparisonResult comparison() {
        FeatureSimilarity similarity = new FeatureSimilarity(
                9, 8, 8, 0, 0, 0.01, FeatureSimilarity.DIFFERENT_STARTS, 0.6, NET, NET, 0.7, NET, 0.8, 0.4, 0.9);
        return new ComparisonResult(
                1, 2, 3, 0.1, null, null, null, null, null, null, null, null, null, null, List.of(), similarity, null);
    }

    private MovementView movements() {
        return MovementView.of(RUN, analyses.of(RUN, AnalysisKind.MOVEMENT), damage.of(RUN));
    }

    private ComparisonView pair() {
        AnalysisReading.Known known = analyses.find(PAIR.id()).orElseThrow();
        return ComparisonView.of(known, damage.ofReadBy(List.of(known)));
    }

    private MeasureView<LazinessResult> laziness() {
        return MeasureView.of(
                RUN,
                AnalysisKind.LAZINESS,
                analyses.of(RUN, AnalysisKind.LAZINESS),
                damage.of(RUN),
                LazinessResult.class);
    }

    @Test
    void aSoundRunHasAPathOfEveryPartAndItsFeaturesBesideItsStart() {
        audited(STEPS.get(1), List.of(), NOON);

        assertThat(movements().paths())
                .containsExactly(
                        new PathView("whole", 5, 0.8), new PathView("live", 8, 0.5), new PathView("weight", 8, 0.5));
        FeaturesView features = FeaturesView.of(RUN, analyses.of(RUN, AnalysisKind.FEATURES), damage.of(RUN));
        assertThat(features.items()).hasSize(5);
        JsonNode last = Json.tree(features.items().get(4));
        assertThat(last.get("meanAbsCorrelation").asDouble()).isEqualTo(4.1);
        assertThat(last.get("start").toString())
                .isEqualTo("{\"meanAbsCorrelation\":0.1,\"participationRatio\":1.0,\"effectiveRank\":2.0,"
                        + "\"withinClassMeanAbs\":0.05}");
        assertThat(features.damaged()).isEmpty();
    }

    @Test
    void theSimilarityOfFeaturesLiesFlatBesideTheNumbersOfTheWeights() {
        JsonNode view = Json.tree(pair());
        assertThat(view.get("distance").asDouble()).isEqualTo(3);
        assertThat(view.get("matchedCorrelation").asDouble()).isEqualTo(0.6);
        assertThat(view.get("cka").asDouble()).isEqualTo(0.7);
        assertThat(view.get("agreement").asDouble()).isEqualTo(0.9);
        assertThat(view.get("matchedNet").get("low").asDouble()).isEqualTo(0.48);
        assertThat(view.has("features")).isFalse();
    }

    @Test
    void aComparisonSaysWhyFeaturesCouldNotBeComparedWhereWeightsCould() {
        String reason = "all units of the left are dead; compare runs that learned";
        measured(PAIR, comparison().withoutFeatures(reason), NOON.plusSeconds(1));

        JsonNode view = Json.tree(pair());
        assertThat(view.get("outcome").asText()).isEqualTo("measured");
        assertThat(view.get("featuresAbsent").asText()).isEqualTo(reason);
        assertThat(view.get("distance").asDouble()).isEqualTo(3);
        assertThat(view.has("cka")).isFalse();
    }

    @Test
    void noNumberOfADamagedStepIsPublished() {
        Step damaged = STEPS.get(2);
        audited(damaged, List.of(new Finding(Finding.MISSING, "restore the object")), NOON);

        MovementView movement = movements();
        assertThat(movement.items()).extracting(MovementResult::toStep).containsExactly(STEPS.get(1));
        assertThat(movement.withheld()).extracting(Withheld::step).containsExactlyElementsOf(STEPS.subList(2, 5));
        assertThat(movement.withheld().get(0).outcome()).isEqualTo("withheld");
        assertThat(movement.withheld().get(0).reason())
                .contains("step " + damaged + " is damaged: missing, restore the object");
        assertThat(movement.pathLength()).isNull();
        assertThat(movement.paths()).isEmpty();
        assertThat(movement.damaged()).extracting(DamagedStep::step).containsExactly(damaged);
        FeaturesView features = FeaturesView.of(RUN, analyses.of(RUN, AnalysisKind.FEATURES), damage.of(RUN));
        assertThat(features.items()).extracting(item -> item.features().step()).doesNotContain(damaged);
        assertThat(features.withheld())
                .singleElement()
                .extracting(Withheld::step)
                .isEqualTo(damaged);
        assertThat(laziness().outcome()).isEqualTo("measured"); // reads the start and the end alone
        assertThat(laziness().damaged()).isNotEmpty();
    }

    @Test
    void aDamagedEndWithholdsThePathThoughTheRestHasNoGap() {
        audited(STEPS.get(4), List.of(new Finding(Finding.NOT_FINITE, "train the run again")), NOON);

        assertThat(movements().items()).hasSize(3);
        assertThat(movements().pathLength()).isNull();
        assertThat(laziness().outcome()).isEqualTo("withheld");
        assertThat(laziness().numbers()).isNull();
        JsonNode view = Json.tree(pair());
        assertThat(view.get("outcome").asText()).isEqualTo("withheld");
        assertThat(view.get("reason").asText()).contains(RUN.value(), "not-finite");
        assertThat(view.has("distance")).isFalse();
        assertThat(view.has("cka")).isFalse();
        AnalysisReading.Known known = analyses.find(PAIR.id()).orElseThrow();
        AnalysisView whole = AnalysisView.whole(known, damage.ofReadBy(List.of(known)));
        assertThat(whole.result()).isNull();
        assertThat(whole.artifact()).isNull();
    }

    @Test
    void theLatestAuditCounts() {
        audited(STEPS.get(4), List.of(new Finding(Finding.MISSING, "restore the object")), NOON);
        audited(STEPS.get(4), List.of(), NOON.plusSeconds(1));

        assertThat(movements().items()).hasSize(4);
        assertThat(pair().outcome()).isEqualTo("measured");
    }

    @Test
    void theDamageOfManyRunsIsThatOfEach() {
        audited(STEPS.get(4), List.of(new Finding(Finding.MISSING, "restore the object")), NOON);
        measured(RunAnalyses.integrity(OTHER), new IntegrityResult(true, 5, List.of(), List.of()), NOON);
        RunId notAudited = STUDY.runs().get(2).runId();

        Damage all = damage.of(List.of(RUN, OTHER.id(), notAudited, RUN));
        assertThat(all.of(RUN)).isEqualTo(damage.of(RUN).of(RUN)).isNotEmpty();
        assertThat(all.of(OTHER.id())).isEmpty();
        assertThat(all.of(notAudited)).isEmpty();
        assertThat(damage.of(List.of()).of(RUN)).isEmpty();
    }

    @Test
    void aDigestOtherThanThatOfItsFactIsDamage() {
        audited(STEPS.get(4), List.of(), NOON);
        apply(new CheckpointStored(
                RUN,
                Attempt.of(0, 2),
                new StoredCheckpoint(STEPS.get(4), 0, new ArtifactRef("other", new Digest("f".repeat(64)), 9)),
                NOON));

        assertThat(pair().outcome()).isEqualTo("withheld");
        assertThat(pair().reason()).contains("digest differs from its fact");
        MeasureView<IntegrityResult> integrity =
                MeasureView.integrity(RUN, analyses.of(RUN, AnalysisKind.INTEGRITY), damage.of(RUN));
        assertThat(integrity.outcome()).isEqualTo("measured");
        assertThat(integrity.damaged()).isNotEmpty();
        assertThat(Optional.ofNullable(integrity.numbers()).orElseThrow().sound())
                .isFalse();
    }

    @Test
    void aMeasureThatNobodyAskedForSaysHowToAsk() {
        MeasureView<LazinessResult> view =
                MeasureView.of(RUN, AnalysisKind.LAZINESS, List.of(), damage.of(RUN), LazinessResult.class);
        assertThat(view.outcome()).isEqualTo("not-asked");
        assertThat(view.reason()).contains("POST /api/v1/runs/" + RUN + "/analyses", "laziness");
    }
}
