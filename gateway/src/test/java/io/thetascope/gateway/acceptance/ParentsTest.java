package io.thetascope.gateway.acceptance;

import static io.thetascope.gateway.testing.Samples.NOON;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.thetascope.artifacts.ArtifactKeys;
import io.thetascope.artifacts.JsonObjects;
import io.thetascope.artifacts.store.InMemoryObjectStore;
import io.thetascope.contracts.identity.Attempt;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.run.RunOutcome;
import io.thetascope.contracts.run.RunResult;
import io.thetascope.contracts.study.AcceptedStudy;
import io.thetascope.contracts.study.PlannedRun;
import io.thetascope.contracts.study.RunRole;
import io.thetascope.gateway.dataset.DatasetPlaces;
import io.thetascope.gateway.dataset.Datasets;
import io.thetascope.gateway.request.Presets;
import io.thetascope.gateway.request.Problem;
import io.thetascope.gateway.request.RefusedRequestException;
import io.thetascope.gateway.request.StudyDocument;
import io.thetascope.gateway.testing.Samples;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which runs a study can perturb without training them. */
class ParentsTest {
    private final InMemoryObjectStore store = new InMemoryObjectStore(() -> NOON);
    private final StudyFiles files = new StudyFiles(store);
    private final AcceptedStudy first =
            Samples.plan("{preset: quick, seeds: [7], optimizers: [sgd]}").study();
    private final RunId parent = first.runs().get(0).runId();

    @BeforeEach
    void anotherStudyTrains() {
        files.write(first);
    }

    private AcceptedStudy plan(RunId of) {
        String yaml = "{parents: [" + of + "], perturbations: [sign-flip]}";
        Datasets none = new Datasets(DatasetPlaces.of(Optional.empty(), Path.of(""), false));
        return new StudyPlanning(new Presets(), none, files)
                .plan(StudyDocument.yaml(yaml.getBytes(UTF_8)))
                .acceptable();
    }

    private String refusal(RunId of) {
        List<Problem> problems = catchThrowableOfType(RefusedRequestException.class, () -> plan(of))
                .problems();
        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.field()).isEqualTo("parents[0]");
            assertThat(problem.value()).isEqualTo(of);
        });
        return problems.get(0).remedy();
    }

    private void end(RunId run, RunOutcome outcome) {
        new JsonObjects(store)
                .write(
                        ArtifactKeys.result(run),
                        new RunResult(run, Attempt.of(0, 1), outcome, null, List.of(), List.of(), Samples.ENVIRONMENT));
    }

    @Test
    void runThatNobodyKnowsIsRefused() {
        assertThat(refusal(new RunId("r00000000000000000000"))).endsWith("this one is unknown");
    }

    @Test
    void runThatIsStillTrainedIsRefused() {
        assertThat(refusal(parent)).endsWith("this one is not finished");
    }

    @Test
    void runThatDivergedIsRefused() {
        end(parent, RunOutcome.DIVERGED);
        assertThat(refusal(parent)).endsWith("this one diverged, its weights are no numbers");
    }

    @Test
    void retrainingIsRefused() {
        RunId retraining = first.runs().stream()
                .filter(run -> run.role() == RunRole.PERTURBED)
                .findFirst()
                .orElseThrow()
                .runId();
        end(retraining, RunOutcome.FINISHED);
        assertThat(refusal(retraining)).endsWith("this one is a retraining");
    }

    @Test
    void finishedRunKeepsTheSeedOfTheStudyThatTrainedIt() {
        // Given
        end(parent, RunOutcome.FINISHED);
        // When
        AcceptedStudy study = plan(parent);
        // Then
        assertThat(study.runs().get(0).runId()).isEqualTo(parent);
        assertThat(study.runs()).extracting(PlannedRun::seed).containsOnly(7L);
        // and when that study, which knows the run from the first alone, wants it as well
        files.write(study);
        assertThat(plan(parent).runs()).extracting(PlannedRun::seed).containsOnly(7L);
        assertThat(plan(parent).studyId()).isEqualTo(study.studyId());
    }

    @Test
    void finishedRunOfACancelledStudyHasNoSeedThatIsKnown() {
        end(parent, RunOutcome.FINISHED);
        files.release(first.studyId(), List.of(parent));
        assertThat(plan(parent).runs()).extracting(PlannedRun::seed).containsOnly(0L);
    }
}
