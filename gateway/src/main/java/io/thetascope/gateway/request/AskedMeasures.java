package io.thetascope.gateway.request;

import com.fasterxml.jackson.databind.JsonNode;
import io.thetascope.contracts.identity.RunId;
import java.util.List;
import java.util.Optional;

/**
 * Measures that are asked for after a run ended: {@code {"measures": ["order", "pair"], "with": "r…"}}.
 *
 * @param measures as far as they are known, in the order of the request
 * @param with the other run, for those that need one
 */
public record AskedMeasures(List<Measure> measures, Optional<RunId> with) {
    private static final String MEASURES = "measures";
    private static final String WITH = "with";
    private static final String EXAMPLE = "{\"measures\":[\"order\"]}";

    public AskedMeasures {
        measures = List.copyOf(measures);
    }

    /**
     * Reads a request; what is wrong with it is noted.
     *
     * @throws RefusedRequestException when it is not a JSON object
     */
    public static AskedMeasures read(byte[] body, Problems problems) {
        Fields fields = new Fields(problems, "", StudyDocument.json(body, EXAMPLE)).only(MEASURES, WITH);
        List<Measure> measures = measures(fields);
        boolean needed = measures.stream().anyMatch(Measure::needsOther);
        Optional<RunId> with = fields.value(WITH).flatMap(value -> run(fields, value.asText()));
        if (needed && fields.value(WITH).isEmpty()) {
            fields.refuse(
                    WITH,
                    null,
                    "the id of another run, such as r0123456789abcdef0123: pair, alignment, order-agreement and barrier"
                            + " hold two runs against each other");
        }
        return new AskedMeasures(measures, with);
    }

    private static List<Measure> measures(Fields fields) {
        JsonNode list = fields.value(MEASURES).orElse(null);
        if (list == null || !list.isArray() || list.isEmpty()) {
            fields.refuse(MEASURES, list, "a list of at least one of " + Measure.words());
            return List.of();
        }
        return fields.choices(MEASURES, Measure.words()).stream()
                .flatMap(word -> Measure.named(word).stream())
                .toList();
    }

    private static Optional<RunId> run(Fields fields, String text) {
        try {
            return Optional.of(new RunId(text));
        } catch (IllegalArgumentException e) {
            fields.refuse(WITH, text, "the id of a run: " + e.getMessage());
            return Optional.empty();
        }
    }
}
