package io.thetascope.gateway.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.List;

/** The keys of a study that set single cells of the grid apart. */
final class CellReader {
    static final int MOST_BATCH = 65_536;

    private static final String[] FACTORS = {"network", "dataset", "initialization", "optimizer"};

    private static final String SOURCE = "run:r[0-9a-f]{20}|[0-9a-f]{64}";

    private final Vocabulary vocabulary;

    CellReader(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
    }

    void read(Fields study) {
        study.eachObject("exclude", (where, cell) -> factors(cell));
        study.eachObject("overrides", (where, override) -> {
            override.only("match", "set");
            override.object("match").ifPresent(this::factors);
            override.object("set").ifPresent(CellReader::settings);
            if (override.value("set").filter(v -> !v.isEmpty()).isEmpty()) {
                override.refuse("set", null, "say what is set, such as {learningRate: 0.001}");
            }
        });
        study.eachObject("pretrained", (where, choice) -> pretrained(choice));
    }

    private void pretrained(Fields choice) {
        choice.only("network", "dataset", "from");
        if (choice.value("network").isEmpty()) {
            choice.refuse("network", null, "one of " + vocabulary.networks());
        }
        choice.choice("network", vocabulary.networks());
        choice.choice("dataset", vocabulary.datasets());
        JsonNode from = choice.value("from").orElse(NullNode.getInstance());
        if (!from.isTextual() || !from.textValue().matches(SOURCE)) {
            choice.refuse(
                    "from",
                    from.isNull() ? null : from,
                    "run: and the id of a finished run, or the digest of uploaded weights: 64 hex digits");
        }
    }

    private void factors(Fields cell) {
        cell.only(FACTORS);
        for (String factor : FACTORS) {
            cell.choice(factor, vocabulary.ofFactor(factor));
        }
        if (List.of(FACTORS).stream().noneMatch(f -> cell.value(f).isPresent())) {
            cell.refuse(FACTORS[0], null, "name at least one factor");
        }
    }

    private static void settings(Fields set) {
        set.only("learningRate", "momentum", "warmupEpochs", "weightDecay", "batch", "epochs");
        set.number("learningRate", Double.MIN_NORMAL, 1_000, "a number above 0, at most 1000");
        set.number("momentum", 0, Math.nextDown(1.0), "a number from 0 to below 1");
        set.number("weightDecay", 0, 1, "a number from 0 to 1");
        set.wholeNumber("warmupEpochs", 0, StudyReader.MOST_EPOCHS);
        set.wholeNumber("batch", 1, MOST_BATCH);
        set.wholeNumber("epochs", 1, StudyReader.MOST_EPOCHS);
    }
}
