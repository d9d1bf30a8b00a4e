package io.thetascope.contracts.event;

import io.thetascope.contracts.analysis.AnalysisKind;
import io.thetascope.contracts.analysis.AnalysisOutcome;
import io.thetascope.contracts.analysis.AnalysisRequest;
import io.thetascope.contracts.analysis.InputRead;
import io.thetascope.contracts.analysis.RunAnalyses;
import io.thetascope.contracts.identity.Attempt;
import io.thetascope.contracts.identity.Digest;
import io.thetascope.contracts.identity.Step;
import io.thetascope.contracts.identity.StudyId;
import io.thetascope.contracts.json.Json;
import io.thetascope.contracts.run.ArtifactRef;
import io.thetascope.contracts.run.CheckpointSchedule;
import io.thetascope.contracts.run.DatasetUse;
import io.thetascope.contracts.run.Environment;
import io.thetascope.contracts.run.EpochFigures;
import io.thetascope.contracts.run.Figures;
import io.thetascope.contracts.run.Initialization;
import io.thetascope.contracts.run.InputShape;
import io.thetascope.contracts.run.OptimizerSpec;
import io.thetascope.contracts.run.Perturbation;
import io.thetascope.contracts.run.RunOutcome;
import io.thetascope.contracts.run.RunSpec;
import io.thetascope.contracts.run.Seeds;
import io.thetascope.contracts.run.StoredCheckpoint;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** One example of every event, as the golden files hold it. */
public final class Examples {
    public static final Digest DATASET = Digest.of(new byte[] {1, 2, 3});
    public static final StudyId STUDY = StudyId.ofCanonical("an example");
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final Attempt ATTEMPT = Attempt.of(17, 2);

    private Examples() {}

    /** Returns LeNet on the first 4,000 images, 20 epochs of SGD. */
    public static RunSpec base() {
        return new RunSpec(
                1, // the golden files of version 1 hold a run of format 1
                "lenet",
                new InputShape(1, 32, 32),
                new DatasetUse("fashion-mnist", DATASET, 4000, 0, 2000),
                Initialization.drawn(Initialization.KAIMING_UNIFORM),
                OptimizerSpec.sgd(0.01, 0.9, 0, 0),
                128,
                20,
                new CheckpointSchedule(5, false),
                Seeds.ofBase(1),
                1,
                true,
                null);
    }

    static Map<EventType, Event> all() {
        RunSpec base = base();
        RunSpec child = base.perturbed(Perturbation.epsilon(1e-6));
        AnalysisRequest movement = new AnalysisRequest(
                AnalysisKind.MOVEMENT, 2, RunAnalyses.movement(base).get(0).inputs(), null);
        Environment environment = new Environment("2.7.1", "AVX512", 1, "cpu", "0.35.1", "17.0.15", "Linux amd64");
        StoredCheckpoint last = new StoredCheckpoint(
                new Step(640),
                20,
                new ArtifactRef("runs/x", DATASET, 247_000),
                new ArtifactRef("runs/y", DATASET, 15_432));
        EpochFigures figures = new EpochFigures(
                20, new Step(640), new Figures(0.25, 0.91), new Figures(0.5, 0.82), new Figures(0.5, 0.83));
        List<Event> events = List.of(
                new TrainJob(child.id(), child),
                new AnalysisJob(movement.id(), movement),
                new RunControl(base.id(), false, 2),
                new StudyAccepted(STUDY, 1, "an example", 20, 214),
                new StudyCancelled(STUDY, 1),
                new StudyCompleted(STUDY, 1, Map.of("finished", 20), Map.of("measured", 214)),
                new EpochCompleted(base.id(), ATTEMPT, figures, 3500.0),
                new CheckpointStored(base.id(), ATTEMPT, last, NOON),
                new RunStarted(base.id(), ATTEMPT, "trainer-1", Step.START, environment, NOON),
                new RunFinished(base.id(), ATTEMPT, RunOutcome.DIVERGED, "loss not finite", null, null, NOON),
                new AnalysisCompleted(
                        movement.id(),
                        ATTEMPT,
                        movement,
                        AnalysisOutcome.MEASURED,
                        null,
                        List.of(new InputRead("to", base.id(), new Step(160), DATASET)),
                        Json.tree(Map.of("distance", 1.5)),
                        null,
                        NOON));
        Map<EventType, Event> byType = new EnumMap<>(EventType.class);
        events.forEach(event -> byType.put(EventType.of(event), event));
        return byType;
    }
}
