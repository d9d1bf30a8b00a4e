package io.thetascope.gateway.acceptance;

import static io.thetascope.gateway.testing.Samples.NOON;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.thetascope.artifacts.ArtifactKeys;
import io.thetascope.artifacts.JsonObjects;
import io.thetascope.artifacts.store.InMemoryObjectStore;
import io.thetascope.contracts.identity.Attempt;
import io.thetascope.contracts.identity.Digest;
import io.thetascope.contracts.run.Perturbation;
import io.thetascope.contracts.run.RunOutcome;
import io.thetascope.contracts.run.RunResult;
import io.thetascope.contracts.run.RunSpec;
import io.thetascope.contracts.study.AcceptedStudy;
import io.thetascope.contracts.study.UploadedWeights;
import io.thetascope.gateway.dataset.DatasetPlaces;
import io.thetascope.gateway.dataset.Datasets;
import io.thetascope.gateway.planning.PlanWarning;
import io.thetascope.gateway.planning.PlannedStudy;
import io.thetascope.gateway.request.Presets;
import io.thetascope.gateway.request.Problem;
import io.thetascope.gateway.request.RefusedRequestException;
import io.thetascope.gateway.request.StudyDocument;
import io.thetascope.gateway.testing.Samples;
import io.thetascope.gateway.testing.TestDatabase;
import io.thetascope.gateway.testing.WeightFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PretrainedLookupTest {
    private static final Digest WEIGHTS = Digest.of("weights".getBytes(UTF_8));

    @TempDir
    Path cache;

    private final InMemoryObjectStore store = new InMemoryObjectStore(() -> NOON);
    private Datasets datasets = new Datasets(DatasetPlaces.of(Optional.empty(), Path.of(""), false));

    @BeforeEach
    void useTheBundledSample() {
        datasets = new Datasets(new DatasetPlaces(Optional.empty(), Optional.empty(), cache, false, true));
    }

    private PlannedStudy plan(String rest) {
        String yaml = "{datasets: [fashion-mnist], initializations: [pretrained], " + rest + "}";
        return new StudyPlanning(new Presets(), datasets, new StudyFiles(store))
                .plan(StudyDocument.yaml(yaml.getBytes(UTF_8)));
    }

    private List<Problem> refused(String rest) {
        return catchThrowableOfType(
                        RefusedRequestException.class, () -> plan(rest).acceptable())
                .problems();
    }

    private String fromRun(RunSpec run) {
        return "networks: [resnet18], pretrained: [{network: resnet18, from: \"run:" + run.id() + "\"}]";
    }

    private RunSpec run() {
        RunSpec run = Samples.plan("{networks: [resnet18], datasets: [mnist]}")
                .acceptable()
                .runs()
                .get(0)
                .spec();
        new JsonObjects(store).write(ArtifactKeys.spec(run.id()), run);
        return run;
    }

    private void result(RunSpec run, RunOutcome outcome) {
        new JsonObjects(store)
                .write(
                        ArtifactKeys.result(run.id()),
                        new RunResult(
                                run.id(), Attempt.of(0, 1), outcome, null, List.of(), List.of(), Samples.ENVIRONMENT));
    }

    @Test
    void theNewestUploadIsTakenOnceItsFileIsThere() {
        assertThat(refused("networks: [resnet18]")).extracting(Problem::value).containsExactly("resnet18");
        new JsonObjects(store)
                .write(
                        ArtifactKeys.pretrainedOf("resnet18"),
                        new UploadedWeights("resnet18", WEIGHTS, 7, List.of("conv1.weight"), List.of("fc.weight")));
        assertThat(plan("networks: [resnet18]").warnings())
                .extracting(PlanWarning::code)
                .contains("PRETRAINED_MISSING");

        store.put(ArtifactKeys.pretrained(WEIGHTS), "weights".getBytes(UTF_8));
        AcceptedStudy study = plan("networks: [resnet18]").acceptable();
        assertThat(study.runs().get(0).spec().initialization().weights()).isEqualTo(WEIGHTS);
    }

    @Test
    void aChosenDigestMustHaveBeenUploaded() {
        String chosen = "networks: [resnet18], pretrained: [{network: resnet18, from: " + WEIGHTS + "}]";
        assertThat(refused(chosen))
                .containsExactly(new Problem(
                        "pretrained[0].from",
                        WEIGHTS,
                        "the digest of uploaded weights; upload them with PUT /api/v1/pretrained/{network}"));
    }

    /** The newest upload for another network, or an older one for this: the file alone tells. */
    @Test
    void aChosenDigestMustFitItsNetwork() throws IOException {
        byte[] file = Files.readAllBytes(
                WeightFiles.write(cache.resolve("resnet18.safetensors"), WeightFiles.imageNet("resnet18"), 0.5f));
        Digest resnet = Digest.of(file);
        store.put(ArtifactKeys.pretrained(resnet), file);

        String chosen = "networks: [%s], pretrained: [{network: %<s, from: " + resnet + "}]";
        assertThat(plan(chosen.formatted("resnet18")).acceptable().runs()).hasSize(1);
        assertThat(refused(chosen.formatted("resnet18-cifar"))).singleElement().satisfies(problem -> {
            assertThat(problem.field()).isEqualTo("pretrained[0].from");
            assertThat(problem.remedy())
                    .startsWith("the digest of weights of resnet18-cifar: ")
                    .contains("conv1.weight is [64, 3, 7, 7]");
        });
    }

    @Test
    void aChosenFileThatIsDamagedIsToBeUploadedAnew() {
        store.put(ArtifactKeys.pretrained(WEIGHTS), "weights".getBytes(UTF_8));
        assertThat(refused("networks: [resnet18], pretrained: [{network: resnet18, from: " + WEIGHTS + "}]"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.remedy())
                        .startsWith("the digest of whole weights; upload these anew: ")
                        .contains("shorter than the 8 bytes"));
    }

    @Test
    void onlyAFinishedRunOfGenerationZeroGivesItsWeights() {
        RunSpec run = run();
        assertThat(reason(run.perturbed(Perturbation.signFlip()))).endsWith("this one is unknown");
        assertThat(reason(run)).endsWith("this one is not finished");
        result(run, RunOutcome.DIVERGED);
        assertThat(reason(run)).endsWith("this one diverged, its weights are no numbers");
        RunSpec child = run.perturbed(Perturbation.signFlip());
        new JsonObjects(store).write(ArtifactKeys.spec(child.id()), child);
        assertThat(reason(child)).endsWith("this one is a retraining");

        result(run, RunOutcome.FINISHED);
        AcceptedStudy study = plan(fromRun(run)).acceptable();
        assertThat(study.runs()).hasSize(1);
        assertThat(study.runs().get(0).spec().initialization().donor()).isEqualTo(run.id());
    }

    private String reason(RunSpec run) {
        List<Problem> problems = refused(fromRun(run));
        assertThat(problems).hasSize(1);
        assertThat(problems.get(0).field()).isEqualTo("pretrained[0].from");
        return problems.get(0).remedy();
    }

    @Test
    void theDataSetThatOnlyADonorSeesMustBeFound() {
        assertThat(refused("networks: [lenet]")).singleElement().satisfies(problem -> {
            assertThat(problem.field()).isEqualTo("initializations");
            assertThat(problem.value()).isEqualTo("mnist");
            assertThat(problem.remedy()).startsWith("put its files into ");
        });
    }

    @Test
    void aDryRunIsNeverAccepted() {
        AcceptedStudy dry = plan("networks: [vgg19-small]").study();
        StudyAcceptance acceptance = new StudyAcceptance(
                TestDatabase.create(),
                store,
                datasets,
                new Queueing(3, new StudyFiles(store), () -> NOON),
                new StudyLock(),
                () -> NOON);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> acceptance.accept(dry))
                .withMessageContaining("weights are missing");
        assertThat(store.list("studies/")).isEmpty();
    }
}
