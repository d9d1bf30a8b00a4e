package io.thetascope.gateway.testing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thetascope.contracts.event.RunFinished;
import io.thetascope.contracts.event.RunStarted;
import io.thetascope.contracts.identity.Attempt;
import io.thetascope.contracts.identity.Digest;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.identity.Step;
import io.thetascope.contracts.run.Environment;
import io.thetascope.contracts.run.Perturbation;
import io.thetascope.contracts.run.RunOutcome;
import io.thetascope.contracts.study.DatasetSource;
import io.thetascope.contracts.study.StudySpec;
import io.thetascope.gateway.planning.PlanInputs;
import io.thetascope.gateway.planning.PlannedStudy;
import io.thetascope.gateway.planning.Planner;
import io.thetascope.gateway.planning.PretrainedSource;
import io.thetascope.gateway.request.Presets;
import io.thetascope.gateway.request.Problems;
import io.thetascope.gateway.request.StudyDocument;
import io.thetascope.gateway.request.StudyReader;
import io.thetascope.gateway.request.Vocabulary;
import io.thetascope.networks.Networks;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Studies and facts for tests. */
public final class Samples {
    public static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    public static final Environment ENVIRONMENT =
            new Environment("2.7.1", "AVX2", 1, "cpu", "0.35.1", "17.0.15", "Linux amd64");
    public static final Vocabulary VOCABULARY = new Vocabulary(
            Networks.names(),
            List.of("mnist", "fashion-mnist", "cifar10"),
            List.of("kaiming-uniform", "kaiming-normal", "pretrained"),
            List.of("sgd", "adam"),
            Perturbation.kinds());

    private Samples() {}

    public static DatasetSource fashionMnist() {
        return new DatasetSource(
                "fashion-mnist", new Digest("ab".repeat(32)), "folder x", false, 60_000, 10_000, 1, 10);
    }

    public static DatasetSource mnist() {
        return new DatasetSource("mnist", new Digest("cd".repeat(32)), "folder y", true, 60_000, 10_000, 1, 10);
    }

    public static DatasetSource cifar10() {
        return new DatasetSource("cifar10", new Digest("ef".repeat(32)), "folder z", true, 50_000, 10_000, 3, 10);
    }

    public static PlannedStudy plan(String yaml) {
        return plan(yaml, List.of(), Map.of());
    }

    /** Plans with what {@code pretrained} names, and with uploads by network. */
    public static PlannedStudy plan(String yaml, List<PretrainedSource> chosen, Map<String, Digest> uploaded) {
        Problems problems = new Problems();
        ObjectNode tree = new Presets().expand(StudyDocument.yaml(yaml.getBytes(StandardCharsets.UTF_8)), problems);
        Optional<StudySpec> spec = new StudyReader(VOCABULARY).read(tree, problems);
        problems.refuseIfAny();
        Map<String, DatasetSource> datasets = new LinkedHashMap<>();
        for (DatasetSource images : List.of(mnist(), fashionMnist(), cifar10())) {
            if (spec.orElseThrow().datasets().contains(images.name())
                    || Planner.donorDatasets(spec.orElseThrow()).contains(images.name())) {
                datasets.put(images.name(), images);
            }
        }
        Optional<PlannedStudy> plan =
                Planner.plan(spec.orElseThrow(), new PlanInputs(datasets, List.of(), chosen, uploaded), problems);
        problems.refuseIfAny();
        return plan.orElseThrow();
    }

    public static RunStarted started(RunId run, Attempt attempt) {
        return new RunStarted(run, attempt, "worker", Step.START, ENVIRONMENT, NOON);
    }

    public static RunFinished ended(RunId run, Attempt attempt, RunOutcome outcome, Instant when) {
        return new RunFinished(
                run, attempt, outcome, outcome == RunOutcome.FINISHED ? null : "reason", null, null, when);
    }
}
