package io.thetascope.launcher.table;

import com.fasterxml.jackson.databind.JsonNode;

/** What was done to a trained model before it was trained again, in a few words. */
final class Treatment {
    private Treatment() {}

    /** Returns the perturbation, or which twin it is. */
    static String of(JsonNode run) {
        JsonNode perturbation = run.path("perturbation");
        if (perturbation.isTextual()) {
            return perturbation.asText();
        }
        return perturbation.isObject() ? perturbation(perturbation) : twin(run);
    }

    private static String perturbation(JsonNode perturbation) {
        StringBuilder words = new StringBuilder(perturbation.path("kind").asText());
        if (perturbation.path("value").isNumber()) {
            words.append(' ').append(shortest(perturbation.path("value").asDouble()));
        }
        String scope = perturbation.path("scope").asText("all");
        if (!scope.equals("all") && !scope.equals("null")) {
            words.append(" on ").append(scope);
        }
        return perturbation.path("seed").isNumber()
                ? words.append(" #").append(perturbation.path("seed").asText()).toString()
                : words.toString();
    }

    private static String twin(JsonNode run) {
        String role = Cell.text(run.path("role")).replace("twin-", "twin, ").replace("-seed", " seed");
        int index = run.path("twin").path("index").asInt();
        return index > 1 ? role + " " + index : role;
    }

    /** 1.0E-6 as 1e-6, 0.5 as it is. */
    private static String shortest(double value) {
        return Double.toString(value).replace(".0E", "e").replace('E', 'e');
    }
}
