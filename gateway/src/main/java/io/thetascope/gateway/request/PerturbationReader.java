package io.thetascope.gateway.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thetascope.contracts.json.Json;
import io.thetascope.contracts.run.Perturbation;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is done to finished models: each a name alone, or {kind, value, scope, seed, matching}. Whether the networks have the
 * scopes is found out when the study is planned.
 */
final class PerturbationReader {
    private static final double LARGEST = 1e6;
    private static final long MOST_SEED = (1L << 53) - 1;
    private static final String NORM =
            "write its norm, {kind: gaussian, value: 1.5}, or the perturbation whose norm it takes,"
                    + " {kind: gaussian, matching: sign-flip}";

    private final List<String> kinds;

    PerturbationReader(List<String> kinds) {
        this.kinds = List.copyOf(kinds);
    }

    void read(Fields study) {
        Map<Perturbation, String> seen = new HashMap<>();
        study.each("perturbations", (where, item) -> {
            item(study, where, item);
            meaning(item)
                    .map(perturbation -> seen.putIfAbsent(perturbation, where))
                    .ifPresent(earlier -> study.refuse(where, item, "write it once; it means the same as " + earlier));
        });
    }

    /** Returns what an item says; empty where it is noted already what is wrong with it. */
    private static Optional<Perturbation> meaning(JsonNode item) {
        try {
            return Optional.of(Json.read(item, Perturbation.class));
        } catch (UncheckedIOException e) {
            return Optional.empty();
        }
    }

    private void item(Fields study, String where, JsonNode item) {
        if (item instanceof ObjectNode object) {
            Fields fields = study.nested(where, object).only("kind", "value", "scope", "seed", "matching");
            Optional<String> kind = kind(fields);
            scope(fields);
            kind.ifPresent(known -> {
                ofKind(fields, known);
                matching(fields, known);
            });
        } else if (!item.isTextual()) {
            study.refuse(where, item, "a name, or {kind, value, scope, seed, matching}");
        } else if (!kinds.contains(item.textValue())) {
            study.refuse(where, item.textValue(), "one of " + kinds);
        } else if (item.textValue().equals(Perturbation.GAUSSIAN)) {
            study.refuse(where, item.textValue(), NORM);
        }
    }

    private Optional<String> kind(Fields fields) {
        Optional<String> kind = fields.value("kind").filter(JsonNode::isTextual).map(JsonNode::textValue);
        if (kind.filter(kinds::contains).isEmpty()) {
            fields.refuse("kind", fields.node().get("kind"), "one of " + kinds);
            return Optional.empty();
        }
        return kind;
    }

    private static void scope(Fields fields) {
        fields.value("scope")
                .filter(scope -> !scope.isTextual())
                .ifPresent(scope -> fields.refuse(
                        "scope", scope, "all, live, weight, bias, norm-weight, norm-bias, or the name of a layer"));
    }

    private static void ofKind(Fields fields, String kind) {
        switch (kind) {
            case Perturbation.EPSILON ->
                fields.number("value", -LARGEST, LARGEST, "what is added: a number of size up to 1e6");
            case Perturbation.RANDOM_SIGNS ->
                fields.number(
                        "value",
                        0,
                        LARGEST,
                        "the size of what is added, a number from 0 to 1e6; left out, the signs of the weights are drawn");
            case Perturbation.GAUSSIAN ->
                fields.number("value", 0, LARGEST, "the norm of what is added: a number from 0 to 1e6");
            default -> refuseIfGiven(fields, "value", kind + " takes none");
        }
        if (Perturbation.draws(kind)) {
            fields.wholeNumber("seed", 0, MOST_SEED);
        } else {
            refuseIfGiven(fields, "seed", kind + " draws nothing");
        }
    }

    private static void refuseIfGiven(Fields fields, String key, String reason) {
        fields.value(key).ifPresent(value -> fields.refuse(key, value, "leave it out; " + reason));
    }

    private void matching(Fields fields, String kind) {
        Optional<JsonNode> matching = fields.value("matching");
        boolean sized = fields.value("value").isPresent();
        if (!kind.equals(Perturbation.GAUSSIAN)) {
            refuseIfGiven(fields, "matching", "only gaussian takes the norm of another perturbation");
        } else if (matching.isEmpty() && !sized) {
            fields.refuse("value", null, NORM);
        } else if (matching.isPresent()) {
            if (sized) {
                fields.refuse("matching", matching.get(), "leave it out, or leave out value: both say how large it is");
            }
            matched(fields, matching.get());
        }
    }

    /** The perturbation whose norm another one takes: of another kind, on the same values. */
    private void matched(Fields of, JsonNode matching) {
        String where = of.path("matching");
        List<String> others =
                kinds.stream().filter(k -> !k.equals(Perturbation.GAUSSIAN)).toList();
        PerturbationReader other = new PerturbationReader(others);
        if (matching instanceof ObjectNode object) {
            Fields fields = of.nested(where, object).only("kind", "value", "scope", "seed");
            other.kind(fields).ifPresent(kind -> ofKind(fields, kind));
            String scope = of.node().path("scope").asText(Perturbation.ALL);
            fields.value("scope")
                    .filter(its -> !its.asText().equals(scope))
                    .ifPresent(its ->
                            fields.refuse("scope", its, "leave it out; norms are compared on one scope, " + scope));
        } else if (!matching.isTextual() || !others.contains(matching.textValue())) {
            of.refuse("matching", matching, "one of " + others + ", or {kind, value, seed}");
        }
    }
}
