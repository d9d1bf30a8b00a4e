package io.thetascope.gateway.request;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thetascope.contracts.run.Twin;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The keys of a study about retraining: perturbations, twins, parents and what is compared. */
final class GenerationReader {
    private static final int MOST_TWINS = 100;

    private final Vocabulary vocabulary;

    GenerationReader(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
    }

    void read(Fields study) {
        new PerturbationReader(vocabulary.perturbations()).read(study);
        twins(study);
        study.each("parents", (where, item) -> {
            if (!item.isTextual() || !item.textValue().matches("r[0-9a-f]{20}")) {
                study.refuse(where, item, "the id of a finished run: r and 20 hex digits");
            }
        });
        if (study.value("parents").filter(p -> !p.isEmpty()).isPresent()
                && study.value("perturbations").filter(p -> !p.isEmpty()).isEmpty()) {
            study.refuse("perturbations", null, "say what is done to the parents, such as [sign-flip]");
        }
        study.choice("comparisons", List.of("default", "all", "none"));
    }

    private static void twins(Fields study) {
        Set<String> kinds = new HashSet<>();
        study.each("twins", (where, item) -> {
            if (item instanceof ObjectNode object) {
                Fields twin = study.nested(where, object).only("kind", "count");
                boolean same = object.path("kind").asText().equals(Twin.SAME_SEED);
                twin.wholeNumber("count", 1, same ? 1 : MOST_TWINS);
            }
            String kind =
                    item.isTextual() ? item.textValue() : item.path("kind").asText();
            if (!kind.equals(Twin.SAME_SEED) && !kind.equals(Twin.NEW_SEED)) {
                study.refuse(where, item, "same-seed, new-seed, or {kind: new-seed, count: 3}");
            } else if (!kinds.add(kind)) {
                study.refuse(where, item, "write each kind once, with a count");
            }
        });
    }
}
