package io.thetascope.gateway.reading;

import static io.thetascope.gateway.testing.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.thetascope.contracts.analysis.AnalysisOutcome;
import io.thetascope.contracts.analysis.AnalysisRequest;
import io.thetascope.contracts.analysis.ComparisonResult;
import io.thetascope.contracts.analysis.Triangle;
import io.thetascope.contracts.event.AnalysisCompleted;
import io.thetascope.contracts.identity.Attempt;
import io.thetascope.contracts.json.Json;
import io.thetascope.contracts.run.RunSpec;
import io.thetascope.contracts.study.AcceptedStudy;
import io.thetascope.gateway.damage.Damage;
import io.thetascope.gateway.planning.PairAnalyses;
import io.thetascope.gateway.testing.Samples;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ComparisonViewTest {
    private static final AcceptedStudy STUDY = Samples.plan("preset: quick").study();
    private static final RunSpec ONE = STUDY.runs().get(0).spec();
    private static final AnalysisRequest PAIR =
            PairAnalyses.of(ONE, STUDY.runs().get(1).spec()).pair();

    private static Triangle part(String name, double distance) {
        return new Triangle(name, 7, 1, 2, distance, 0.1, 4.0, 1.0, 0.25, 0.5, 2.0, 1.0);
    }

    private static ComparisonResult comparison(
            @Nullable Triangle live, @Nullable Triangle moduloSign, List<Triangle> layers) {
        return new ComparisonResult(
                1, 2, 3, 0.1, null, null, null, null, null, null, null, null, live, moduloSign, layers, null, null);
    }

    private static JsonNode view(JsonNode result) {
        AnalysisCompleted fact = new AnalysisCompleted(
                PAIR.id(), Attempt.of(0, 1), PAIR, AnalysisOutcome.MEASURED, null, List.of(), result, null, NOON);
        return Json.tree(ComparisonView.of(new AnalysisReading.Known(PAIR.id(), PAIR, "measured", fact), Damage.NONE));
    }

    @Test
    void theWholeLiesBesideItsParts() {
        // When
        JsonNode view = view(Json.tree(comparison(
                part(Triangle.LIVE, 5),
                part(Triangle.MODULO_SIGN, 6),
                List.of(part("conv1.weight", 7), part("bn1.weight", 8)))));

        // Then
        assertThat(view.get("distance").asDouble()).isEqualTo(3);
        assertThat(view.get("live").get("distance").asDouble()).isEqualTo(5);
        assertThat(view.get("live").get("parameters").asLong()).isEqualTo(7);
        assertThat(view.get("moduloSign").get("distance").asDouble()).isEqualTo(6);
        assertThat(view.get("moduloSign").get("recovery").asDouble()).isEqualTo(0.5);
        assertThat(view.get("layers").findValuesAsText("name")).containsExactly("conv1.weight", "bn1.weight");
        assertThat(view.get("layers").get(1).get("departure").asDouble()).isEqualTo(0.25);
    }

    @Test
    void aNetworkWithoutBatchNormHasNothingModuloItsSign() {
        // When
        JsonNode view = view(Json.tree(comparison(part(Triangle.LIVE, 3), null, List.of())));

        // Then
        assertThat(view.has("moduloSign")).isFalse();
        assertThat(view.get("live").get("distance").asDouble()).isEqualTo(3);
    }

    @Test
    void aResultFromBeforeThereWerePartsIsShownWithoutThem() {
        // When version 2 is read
        JsonNode view = view(
                Json.read("{\"norm1\":1,\"norm2\":2,\"distance\":3}".getBytes(StandardCharsets.UTF_8), JsonNode.class));

        // Then
        assertThat(view.get("distance").asDouble()).isEqualTo(3);
        assertThat(view.has("live")).isFalse();
        assertThat(view.get("layers")).isEmpty();
    }
}
