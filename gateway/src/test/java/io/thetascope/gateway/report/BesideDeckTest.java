package io.thetascope.gateway.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.thetascope.contracts.analysis.AnalysisKind;
import io.thetascope.contracts.run.EpochFigures;
import io.thetascope.contracts.run.Figures;
import io.thetascope.gateway.report.deck.BesideDeck;
import io.thetascope.gateway.report.deck.DeckExperiment;
import io.thetascope.gateway.report.deck.DeckNetwork;
import io.thetascope.gateway.report.deck.OurTriangle;
import io.thetascope.gateway.report.deck.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;

class BesideDeckTest {
    @Test
    void computesTheDecksCosinesFromItsNorms() {
        // MEASURES §5: −0.9985, −0.949, −0.931
        assertThat(triangles(BesideDeckTest.lenet()))
                .filteredOn(row -> row.deck().experiment() == DeckExperiment.FLIP)
                .extracting(row -> row.deck().cosine())
                .satisfiesExactly(
                        resnet -> assertThat(resnet).isCloseTo(-0.9985, within(5e-4)),
                        vgg -> assertThat(vgg).isCloseTo(-0.949, within(5e-4)),
                        lenet -> assertThat(lenet).isCloseTo(-0.931, within(5e-4)));
    }

    @Test
    void putsOursBesideTheMatchingCellAlone() {
        assertThat(triangles(lenet()))
                .filteredOn(row -> !row.ours().isEmpty())
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.deck().network()).isEqualTo(DeckNetwork.LENET);
                    assertThat(row.deck().dataset()).isEqualTo("fashion-mnist");
                    OurTriangle ours = row.ours().get(0);
                    assertThat(ours.cell().runs()).isEqualTo(3);
                    assertThat(ours.cell().training()).isEqualTo("20 epochs on 4,000 images");
                    assertThat(ours.distance().mean()).isCloseTo(46.4, within(1e-12));
                    double norm1 = ours.norm1().known();
                    double norm2 = norm1 + 0.7;
                    assertThat(ours.cosine().mean())
                            .isCloseTo(
                                    (norm1 * norm1 + norm2 * norm2 - 46.4 * 46.4) / (2 * norm1 * norm2), within(1e-3));
                });
    }

    @Test
    void explainsAFlipByItsOwnDisplacementWhereBothStayedThere() {
        assertThat(reasons(lenet(), DeckExperiment.FLIP))
                .filteredOn(Reason::explained)
                .extracting(Reason::words)
                .anyMatch(words -> words.startsWith("the flip alone displaces by 2‖θ₁‖; the deck ended at 1.016"));
    }

    @Test
    void leavesAFlipThatCameBackUnexplained() {
        ReportFixture fixture = ReportFixture.overSeeds("lenet", "fashion-mnist", 1, 2, 3);
        fixture.study()
                .runs()
                .forEach(run -> fixture.changing(
                        run.runId(), AnalysisKind.PERTURBATION, a -> ReportFixture.with(a, "distance", 3.0)));
        assertThat(reasons(fixture, DeckExperiment.FLIP))
                .filteredOn(reason -> !reason.explained())
                .extracting(Reason::words)
                .anyMatch(words -> words.contains("our runs at 0.065"));
    }

    @Test
    void explainsADistortionByTheDriftOfOurTwinsButNotItsAmount() {
        List<Reason> reasons = reasons(mnist(), DeckExperiment.DISTORTION);
        assertThat(reasons)
                .filteredOn(Reason::explained)
                .extracting(Reason::words)
                .anyMatch(words -> words.contains("the deck ended 1.300 away")
                        && words.endsWith("the distance is the drift of retraining"));
        assertThat(reasons)
                .filteredOn(reason -> !reason.explained())
                .extracting(Reason::words)
                .anyMatch(words -> words.contains("we ended 1.771 times as far as the deck"));
    }

    @Test
    void doesNotExplainADistortionThatWentFurtherThanItsTwin() {
        ReportFixture fixture = mnist();
        fixture.study()
                .runs()
                .forEach(run -> fixture.changing(
                        run.runId(), AnalysisKind.PERTURBATION, a -> ReportFixture.with(a, "ratioToDrift", 4.0)));
        assertThat(reasons(fixture, DeckExperiment.DISTORTION))
                .filteredOn(reason -> reason.words().contains("4.000 times as far"))
                .singleElement()
                .matches(reason -> !reason.explained());
    }

    @Test
    void saysThatRunsBelowTheGateExplainNothing() {
        assertThat(reasons(ReportFixture.overSeeds("lenet", "mnist", 1, 2, 3), DeckExperiment.DISTORTION))
                .containsExactly(new Reason(false, "every run of ours is below the accuracy gate"));
    }

    @Test
    void explainsAnUnchangedShareByThePaddingThatIsKnownBeforeTraining() {
        // stock ResNet18 at 32 px: 62.16 % geometry-dead with one channel (MEASURES §2); here 55 of 88 stay
        ReportFixture fixture = resnet();
        fixture.study()
                .runs()
                .forEach(run -> fixture.changing(
                        run.runId(), AnalysisKind.MOVEMENT, a -> ReportFixture.with(a, "parameters", 88)));
        assertThat(fixture.report().deck().claims().get(0).ours())
                .singleElement()
                .satisfies(ours -> {
                    assertThat(ours.predictedGeometryDead().mean()).isCloseTo(0.6216, within(5e-4));
                    assertThat(ours.share().mean()).isCloseTo(0.625, within(1e-12));
                    assertThat(ours.reasons())
                            .singleElement()
                            .matches(reason ->
                                    reason.explained() && reason.words().startsWith("62.1"));
                });
    }

    @Test
    void doesNotSayThatNothingHadToStayWhereMuchStayed() {
        // a CIFAR stem has no dead tap; here 55 of 100 stay all the same
        ReportFixture fixture = ReportFixture.overSeeds("resnet18-cifar", "fashion-mnist", 1, 2, 3);
        fixture.study()
                .runs()
                .forEach(run -> fixture.changing(
                        run.runId(), AnalysisKind.MOVEMENT, a -> ReportFixture.with(a, "parameters", 100)));
        assertThat(fixture.report().deck().claims().get(0).ours())
                .singleElement()
                .satisfies(ours -> {
                    assertThat(ours.predictedGeometryDead().mean()).isZero();
                    assertThat(ours.share().mean()).isCloseTo(0.55, within(1e-12));
                    assertThat(ours.reasons())
                            .extracting(Reason::words)
                            .singleElement()
                            .matches(words -> words.startsWith("of 165 that did not change in 3 runs"));
                });
    }

    @Test
    void namesTheCausesWhereTheUnchangedShareIsNotThatOfThePadding() {
        BesideDeck deck = resnet().report().deck();
        assertThat(deck.claims().get(0).ours()).singleElement().satisfies(ours -> {
            assertThat(ours.share().mean()).isLessThan(0.01);
            assertThat(ours.reasons())
                    .extracting(Reason::words)
                    .containsExactly(
                            "of 165 that did not change in 3 runs, 120 data-dead, 36 absorbed, 9 returned, none without a cause");
        });
        assertThat(deck.claims().get(1).ours()).isEmpty();
    }

    private static ReportFixture resnet() {
        return ReportFixture.overSeeds("resnet18", "fashion-mnist", 1, 2, 3);
    }

    private static ReportFixture lenet() {
        return ReportFixture.overSeeds("lenet", "fashion-mnist", 1, 2, 3);
    }

    /** Good enough for the gate of MNIST. */
    private static ReportFixture mnist() {
        ReportFixture fixture = ReportFixture.overSeeds("lenet", "mnist", 1, 2, 3);
        fixture.study().runs().forEach(run -> fixture.changing(run.runId(), BesideDeckTest::better));
        return fixture;
    }

    private static RunHistory better(RunHistory known) {
        return new RunHistory(
                known.runId(),
                known.state(),
                null,
                known.epochs().stream()
                        .map(e -> new EpochFigures(e.epoch(), e.step(), e.train(), new Figures(0.1, 0.97)))
                        .toList(),
                known.checkpoints(),
                known.environment(),
                List.of(),
                known.attempt(),
                known.startedAt(),
                known.finishedAt(),
                known.imagesPerSecond());
    }

    private static List<BesideDeck.Triangle> triangles(ReportFixture fixture) {
        return fixture.report().deck().triangles();
    }

    private static List<Reason> reasons(ReportFixture fixture, DeckExperiment experiment) {
        return triangles(fixture).stream()
                .filter(row -> row.deck().experiment() == experiment)
                .flatMap(row -> row.ours().stream())
                .flatMap(ours -> ours.reasons().stream())
                .toList();
    }
}
