package io.thetascope.launcher.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * One thing that the gateway found wrong with a request.
 *
 * @param field where; empty for the whole request
 * @param value what was written there; absent when nothing was
 * @param remedy what would be right
 */
public record RequestProblem(String field, @Nullable String value, String remedy) {

    static RequestProblem of(JsonNode problem) {
        JsonNode value = problem.path("value");
        return new RequestProblem(
                problem.path("field").asText(),
                value.isMissingNode() || value.isNull()
                        ? null
                        : value.isValueNode() ? value.asText() : value.toString(),
                problem.path("remedy").asText());
    }

    /** Whether the gateway has no preset of that name. */
    public boolean isOfPreset() {
        return field.equals(StudyRequest.PRESET_KEY);
    }

    /** Returns it as one line. */
    public String line() {
        StringBuilder line = new StringBuilder(field.isEmpty() ? "the request" : field);
        if (value != null) {
            line.append(" = ").append(value);
        }
        return line.append(": ").append(remedy).toString();
    }
}
