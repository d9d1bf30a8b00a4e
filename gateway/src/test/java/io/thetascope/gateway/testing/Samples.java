package io.thetascope.gateway.testing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thetascope.contracts.event.RunFinished;
import io.thetascope.contracts.event.RunStarted;
import io.thetascope.contracts.identity.Attempt;
import io.thetascope.contracts.identity.Digest;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.identity.Step;
import io.thetascope.contracts.run.Environment;
import io.thetascope.contracts.run.RunOutcome;
import io.thetascope.contracts.study.DatasetSource;
import io.thetascope.contracts.study.StudySpec;
import io.thetascope.gateway.planning.PlannedStudy;
import io.thetascope.gateway.planning.Planner;
import io.thetascope.gateway.request.Presets;
import io.thetascope.gateway.request.Problems;
import io.thetascope.gateway.request.StudyDocument;
import io.thetascope.gateway.request.StudyReader;
import io.thetascope.gateway.request.Vocabulary;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Studies and facts for tests. */
public final class Samples {
    public static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    public static final Environment ENVIRONMENT =
            new Environment("2.7.1", "AVX2", 1, "cpu", "0.35.1", "17.0.15", "Linux amd64");
    public static final Vocabulary VOCABULARY = new Vocabulary(
            List.of("lenet"),
            List.of("mnist", "fashion-mnist", "cifar10"),
            List.of("kaiming-uniform", "kaiming-normal"),
            List.of("sgd", "adam"),
            List.of("sign-flip", "epsilon"));

    private Samples() {}

    public static DatasetSource fashionMnist() {
        return new DatasetSource(
                "fashion-mnist", new Digest("ab".repeat(32)), "folder x", false, 60_000, 10_000, 1, 10);
    }

    public static PlannedStudy plan(String yaml) {
        Problems problems = new Problems();
        ObjectNode tree = new Presets().expand(StudyDocument.yaml(yaml.getBytes(StandardCharsets.UTF_8)), problems);
        StudySpec spec = new StudyReader(VOCABULARY).read(tree, problems).orElseThrow();
        Map<String, DatasetSource> datasets = new LinkedHashMap<>();
        datasets.put("fashion-mnist", fashionMnist());
        PlannedStudy plan = Planner.plan(spec, datasets, List.of(), problems).orElseThrow();
        problems.refuseIfAny();
        return plan;
    }

    public static RunStarted started(RunId run, Attempt attempt) {
        return new RunStarted(run, attempt, "worker", Step.START, ENVIRONMENT, NOON);
    }

    public static RunFinished ended(RunId run, Attempt attempt, RunOutcome outcome, Instant when) {
        return new RunFinished(
                run, attempt, outcome, outcome == RunOutcome.FINISHED ? null : "reason", null, null, when);
    }
}
