package io.thetascope.gateway.reading;

import com.fasterxml.jackson.databind.JsonNode;
import io.thetascope.contracts.analysis.AnalysisInput;
import io.thetascope.contracts.identity.Step;
import io.thetascope.contracts.json.Json;
import io.thetascope.gateway.damage.Damage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The measured analyses of one kind of one run, one a step: of two for a step, measured by analyzers of different age, the one
 * of the higher version counts. What reads a damaged checkpoint has no numbers here.
 *
 * @param numbers by step, those that are published
 * @param withheld by step, those that are not
 */
record Measured<T>(List<T> numbers, List<Withheld> withheld) {
    Measured {
        numbers = List.copyOf(numbers);
        withheld = List.copyOf(withheld);
    }

    static <T> Measured<T> of(List<AnalysisReading.Known> analyses, Damage damage, Class<T> type) {
        Map<Step, AnalysisReading.Known> byStep = new TreeMap<>();
        analyses.stream()
                .filter(known -> known.numbers().isPresent())
                .forEach(known -> byStep.merge(subject(known), known, Measured::newer));
        List<T> numbers = new ArrayList<>();
        List<Withheld> withheld = new ArrayList<>();
        byStep.forEach((step, known) -> {
            Optional<String> reason = damage.withholds(known.request());
            Optional<JsonNode> result = known.numbers();
            if (reason.isPresent()) {
                withheld.add(new Withheld(known.id(), step, Damage.WITHHELD, reason.get()));
            } else {
                result.ifPresent(found -> numbers.add(Json.read(found, type)));
            }
        });
        return new Measured<>(numbers, withheld);
    }

    static AnalysisReading.Known newer(AnalysisReading.Known one, AnalysisReading.Known other) {
        return other.request().version() > one.request().version() ? other : one;
    }

    /** Returns the step that an analysis of one run is about. */
    static Step subject(AnalysisReading.Known known) {
        List<AnalysisInput> inputs = known.request().inputs();
        return Stream.of(AnalysisInput.TO, AnalysisInput.AT)
                .flatMap(name -> known.request().input(name).stream())
                .findFirst()
                .orElse(inputs.get(inputs.size() - 1))
                .step();
    }
}
