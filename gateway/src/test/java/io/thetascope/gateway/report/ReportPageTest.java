package io.thetascope.gateway.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.thetascope.contracts.analysis.AnalysisKind;
import io.thetascope.contracts.analysis.ComparisonResult;
import io.thetascope.gateway.damage.Damage;
import io.thetascope.gateway.report.page.ReportPage;
import java.io.StringReader;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class ReportPageTest {
    @Test
    void isWellFormedWithAnImageForEveryMeasure() throws Exception {
        Document page = parse(ReportPage.html(ReportFixture.finished("quick").report()));
        // five measures, each for the base runs and for four families; eight triangles; for each family its paths and
        // those near
        // alone; the lines between its ends, raw and aligned
        NodeList images = page.getElementsByTagName("svg");
        assertThat(images.getLength()).isEqualTo(5 * 5 + 8 + 4 * 2 + 4 * 2);
        for (int i = 0; i < images.getLength(); i++) {
            Element image = (Element) images.item(i);
            assertThat(image.getAttribute("role")).isEqualTo("img");
            assertThat(image.getElementsByTagName("title").item(0).getTextContent())
                    .isNotBlank();
            assertThat(image.getElementsByTagName("desc").item(0).getTextContent())
                    .isNotBlank();
        }
    }

    @Test
    void hasUniqueIdsScopedHeadingsAndCaptions() throws Exception {
        Document page = parse(ReportPage.html(ReportFixture.finished("quick").report()));
        Set<String> ids = new HashSet<>();
        NodeList all = page.getElementsByTagName("*");
        for (int i = 0; i < all.getLength(); i++) {
            Element element = (Element) all.item(i);
            if (element.hasAttribute("id")) {
                assertThat(ids.add(element.getAttribute("id")))
                        .as(element.getAttribute("id"))
                        .isTrue();
            }
            if (element.getTagName().equals("th")) {
                assertThat(element.getAttribute("scope")).isNotEmpty();
            }
        }
        assertThat(page.getElementsByTagName("caption").getLength())
                .isEqualTo(page.getElementsByTagName("table").getLength());
    }

    @Test
    void neverTurnsANameIntoMarkup() throws Exception {
        String html = ReportPage.html(ReportFixture.finished("<script>alert('x')</script> & \"co\"\u0000")
                .report());
        assertThat(html).doesNotContain("<script");
        assertThat(parse(html).getElementsByTagName("h1").item(0).getTextContent())
                .isEqualTo("<script>alert('x')</script> & \"co\"\uFFFD");
    }

    @Test
    void asksTheStudysOwnQuestion() {
        assertThat(ReportPage.html(ReportFixture.finished("quick").report()))
                .contains("When lenet learns fashion-mnist")
                .contains("initialisation (kaiming-uniform, kaiming-normal), or which optimizer (sgd, adam)?")
                .contains("(sign flip, ε = 10⁻⁶) and trained again")
                .contains("1 twin with the same seed, 1 twin with a new seed")
                .contains("4 trained models, 1 seed in all");
    }

    @Test
    void readsNoMoreOutOfAnIntervalThanItCarries() {
        assertThat(ReportPage.html(ReportFixture.finished("quick").report()))
                .contains("one seed, no interval: nothing can be said about chance")
                .doesNotContain("further from its twin");
        assertThat(ReportPage.html(
                        ReportFixture.overSeeds("lenet", "mnist", 1, 2, 3).report()))
                .doesNotContain("one seed, no interval")
                .contains("<td class=\"reason\">no run is worth discussing: all are below the accuracy gate</td>");
        assertThat(ReportPage.html(ReportFixture.overSeeds("lenet", "fashion-mnist", 1, 2, 3)
                        .report()))
                .contains(
                        "further from its twin than a change of data order; nearer to θₚ, where it was put, than to θ₁")
                .contains("not told from a change of data order: the interval of E / N holds 1");
    }

    @Test
    void showsWhatThePredictionSaysBesideWhatWasMeasured() {
        String html = ReportPage.html(ReportFixture.finished("quick")
                .changing(
                        QuickStudy.family(QuickStudy.bases().get(0)).get(0).runId(),
                        AnalysisKind.SYMMETRY,
                        a -> ReportFixture.with(a, RetrainingNumbers.predicted()))
                .report());
        assertThat(html)
                .contains(
                        "<code>mirrored biases predicted</code></th><td>recomputed</td>"
                                + "<td class=\"number\">97.50 %</td><td class=\"number\">51.20 % <span class=\"below\">predicted 51.20 %</span></td>")
                .contains(
                        "sign flip (mirrored biases predicted): every unit gives ReLU(γẑ − β) in place of ReLU(γẑ + β).")
                .contains("layer1.0.bn1");
    }

    @Test
    void hasTheTrianglesOfLiveParametersAndOfEveryTensor() {
        assertThat(ReportPage.html(ReportFixture.finished("quick").report()))
                .contains("live parameters alone")
                .doesNotContain("modulo BatchNorm&#39;s sign</th>") // LeNet has none
                .contains("Triangles by parameter tensor");
    }

    @Test
    void putsTheDecksNumbersAboveOursAndSaysWhatWasNotRun() {
        String html = ReportPage.html(
                ReportFixture.overSeeds("lenet", "fashion-mnist", 1, 2, 3).report());
        assertThat(html)
                .contains(
                        "<td class=\"number\">24.42</td><td class=\"number\">26.06</td><td class=\"number\">49.60</td>"
                                + "<td class=\"number\">−0.9308</td>")
                .contains("inferred: Kaiming starts ResNet18 at 120.1")
                .contains("<td>not run</td>")
                .contains("<span class=\"explained\">explained: </span>the flip alone displaces by 2‖θ₁‖");
    }

    @Test
    void fetchesNothingFromElsewhere() {
        String html = ReportPage.html(ReportFixture.finished("quick").report());
        assertThat(html)
                .doesNotContain("src=")
                .doesNotContain("url(")
                .doesNotContain("@import")
                .doesNotContain("style=");
        assertThat(html).contains("default-src &#39;none&#39;");
    }

    @Test
    void saysWhyOneSeedIsNoFactorAnalysis() {
        assertThat(ReportPage.html(ReportFixture.finished("quick").report()))
                .contains("What the variance over base runs is due to")
                .contains(
                        "<td>not analysed: no residual degrees of freedom: 4 runs for 4 means; train at least 3 seeds")
                .doesNotContain("Escape curve");
    }

    @Test
    void saysDisplacementBelowDriftInTheTable() {
        assertThat(ReportPage.html(ReportFixture.finished("quick").report()))
                .contains("<td>" + ComparisonResult.BELOW_DRIFT + "</td>");
    }

    @Test
    void showsADivergedRunAsSuspectWithItsReason() throws Exception {
        String html = ReportPage.html(ReportFixture.finished("quick")
                .with(QuickStudy.bases().get(1).runId(), "diverged", "loss not finite at step 12")
                .report());
        assertThat(html)
                .contains("<tr class=\"suspect\">")
                .contains("diverged: loss not finite at step 12")
                .contains("Runs that did not finish");
        parse(html);
    }

    @Test
    void listsRefusedAnalysesWithTheirReason() {
        assertThat(ReportPage.html(ReportFixture.finished("quick")
                        .changing(
                                QuickStudy.bases().get(0).runId(),
                                AnalysisKind.FEATURES,
                                a -> ReportFixture.refused(a, "not finite"))
                        .report()))
                .contains("Analyses that could not be measured")
                .contains("features at step 0 refused: not finite");
    }

    @Test
    void isReadableBeforeAnythingRan() throws Exception {
        ReportData known = ReportFixture.finished("quick").data();
        ReportData fresh = new ReportData(
                known.study(), "running", known.acceptedAt(), null, List.of(), List.of(), Damage.NONE, "0.1.0");
        String html = ReportPage.html(Report.of(fresh));
        parse(html);
        assertThat(html).contains("still running").contains("295 analyses have not ended");
    }

    private static Document parse(String html) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        return factory.newDocumentBuilder().parse(new InputSource(new StringReader(html)));
    }
}
