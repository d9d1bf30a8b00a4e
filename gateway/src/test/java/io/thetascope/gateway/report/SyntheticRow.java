package io.thetascope.gateway.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Lines of the table of runs with made-up numbers, as their JSON says; what is not set is absent. */
public final class SyntheticRow {
    private final ObjectNode row = (ObjectNode) Json.tree(Map.of("distances", List.of(), "problems", List.of()));

    private SyntheticRow() {}

    /** A finished LeNet. */
    public static SyntheticRow base(int number) {
        return new SyntheticRow()
                .set("runId", id(number))
                .set("generation", 0)
                .set("role", "base")
                .set("network", "lenet")
                .set("dataset", "mnist")
                .set("initialization", "kaiming-uniform")
                .set("optimizer", "sgd")
                .set("seed", number)
                .set("epochs", 1)
                .set("state", "finished");
    }

    /** A retraining with a perturbation of a size. */
    public static SyntheticRow perturbed(int number, int parent, String kind, double value) {
        return base(number)
                .set("generation", 1)
                .set("role", "perturbed")
                .set("parentRunId", id(parent))
                .set("seed", parent)
                .set("perturbation", Map.of("kind", kind, "value", value));
    }

    /** A retraining of a model as it is. */
    public static SyntheticRow twin(int number, int parent, String kind) {
        return base(number)
                .set("generation", 1)
                .set("role", "twin-" + kind)
                .set("parentRunId", id(parent))
                .set("seed", parent)
                .set("twin", Map.of("kind", kind, "index", 1));
    }

    public static RunId id(int number) {
        return new RunId(String.format("r%020x", number));
    }

    public SyntheticRow set(String field, Object value) {
        row.set(field, Json.tree(value));
        return this;
    }

    public SyntheticRow gate(double gate, boolean met) {
        return set("gate", gate).set("gateMet", met);
    }

    public RunRow row() {
        return Json.read(row.toString().getBytes(StandardCharsets.UTF_8), RunRow.class);
    }
}
