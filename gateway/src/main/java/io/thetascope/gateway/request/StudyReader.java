package io.thetascope.gateway.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thetascope.contracts.json.Json;
import io.thetascope.contracts.study.StudySpec;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * From a tree to a complete {@link StudySpec}. Stricter than the contract, which ignores what it does not know: a key
 * that a user misspelt must not silently become a default.
 */
public final class StudyReader {
    /** The longest training that a study can ask for. */
    public static final int MOST_EPOCHS = 10_000;

    private static final long MOST_IMAGES = 10_000_000;
    private static final long MOST_SEED = (1L << 53) - 1;
    private static final int LONGEST_NAME = 200;
    private static final int LEAST_INPUT_SIZE = 28;
    private static final int MOST_INPUT_SIZE = 224;
    private static final int GATES = 3;

    private final Vocabulary vocabulary;

    /** Reads with these words. */
    public StudyReader(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
    }

    /**
     * Reads a study; empty when something is wrong with it, which is then noted.
     *
     * @param tree without {@code preset}
     * @param problems where everything that is wrong is noted
     */
    public Optional<StudySpec> read(ObjectNode tree, Problems problems) {
        Fields study = new Fields(problems, "", tree)
                .only(
                        "name",
                        "networks",
                        "datasets",
                        "initializations",
                        "optimizers",
                        "seeds",
                        "epochs",
                        "inputSize",
                        "train",
                        "test",
                        "checkpoints",
                        "evidence",
                        "perturbations",
                        "twins",
                        "parents",
                        "comparisons",
                        "gates",
                        "overrides",
                        "exclude",
                        "pretrained");
        boolean before = problems.none();
        name(study);
        factors(study);
        settings(study);
        new GenerationReader(vocabulary).read(study);
        new CellReader(vocabulary).read(study);
        return before && problems.none() ? complete(tree, problems) : Optional.empty();
    }

    private void name(Fields study) {
        study.value("name")
                .filter(v -> !v.isTextual()
                        || v.textValue().length() > LONGEST_NAME
                        || v.textValue().codePoints().anyMatch(Character::isISOControl))
                .ifPresent(v -> study.refuse("name", v, "one line of at most " + LONGEST_NAME + " characters"));
    }

    private void factors(Fields study) {
        boolean fromParents = study.value("parents").filter(p -> !p.isEmpty()).isPresent();
        for (String key : new String[] {"networks", "datasets"}) {
            boolean given = study.value(key).filter(v -> !v.isEmpty()).isPresent();
            if (given && fromParents) {
                study.refuse(key, study.node().get(key), "leave it out where parents are given, or leave out parents");
            } else if (!given && !fromParents && !isWrongList(study, key)) {
                study.refuse(key, null, "name at least one, or give parents");
            }
        }
        study.choices("networks", vocabulary.networks());
        study.choices("datasets", vocabulary.datasets());
        notEmpty(study, "initializations");
        study.choices("initializations", vocabulary.initializations());
        notEmpty(study, "optimizers");
        study.choices("optimizers", vocabulary.optimizers());
        notEmpty(study, "seeds");
        study.each("seeds", (where, seed) -> study.wholeNumber(where, seed, 0, MOST_SEED));
    }

    private static boolean isWrongList(Fields study, String key) {
        return study.value(key).filter(v -> !v.isArray()).isPresent();
    }

    private static void notEmpty(Fields study, String key) {
        study.value(key)
                .filter(v -> v.isArray() && v.isEmpty())
                .ifPresent(v -> study.refuse(key, v, "name at least one, or leave it out for the default"));
    }

    private void settings(Fields study) {
        study.wholeNumber("epochs", 1, MOST_EPOCHS);
        study.wholeNumber("inputSize", LEAST_INPUT_SIZE, MOST_INPUT_SIZE);
        study.flag("evidence");
        study.object("train").ifPresent(StudyReader::train);
        study.object("test").ifPresent(test -> test.only("limit").wholeNumber("limit", 1, MOST_IMAGES));
        study.object("checkpoints").ifPresent(checkpoints -> {
            checkpoints.only("everyEpochs", "logSpaced").wholeNumber("everyEpochs", 1, MOST_EPOCHS);
            checkpoints.flag("logSpaced");
        });
        study.object("gates").ifPresent(this::gates);
    }

    private static void train(Fields train) {
        train.only("batch", "limit", "validation", "weightDecay", "threads");
        train.wholeNumber("batch", 1, CellReader.MOST_BATCH);
        train.wholeNumber("limit", 2, MOST_IMAGES);
        train.wholeNumber("validation", 0, MOST_IMAGES);
        train.number("weightDecay", 0, 1, "a number from 0 to 1");
        train.wholeNumber("threads", 1, 64);
    }

    private void gates(Fields gates) {
        gates.only("mnist", "fashion-mnist", "cifar10");
        gates.keys().forEach(key -> gates.number(key, 0, 1, "a test accuracy from 0 to 1"));
    }

    private static Optional<StudySpec> complete(ObjectNode tree, Problems problems) {
        try {
            StudySpec spec = Json.read(tree, StudySpec.class);
            return Optional.of(spec.gates().size() == GATES ? spec : withAllGates(tree));
        } catch (UncheckedIOException e) { // a rule of the contract that this reader does not know
            problems.add("", null, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private static StudySpec withAllGates(ObjectNode tree) {
        JsonNode given = tree.get("gates");
        ObjectNode defaults = tree.deepCopy();
        defaults.remove("gates");
        ObjectNode all =
                (ObjectNode) Json.tree(Json.read(defaults, StudySpec.class).gates());
        given.properties().stream()
                .filter(gate -> !gate.getValue().isNull())
                .forEach(gate -> all.set(gate.getKey(), gate.getValue()));
        defaults.set("gates", all);
        return Json.read(defaults, StudySpec.class);
    }
}
