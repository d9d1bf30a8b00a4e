package io.thetascope.artifacts;

import static org.assertj.core.api.Assertions.assertThat;

import io.thetascope.contracts.identity.AnalysisId;
import io.thetascope.contracts.identity.Attempt;
import io.thetascope.contracts.identity.Digest;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.identity.Step;
import io.thetascope.contracts.identity.StudyId;
import org.junit.jupiter.api.Test;

/** Change a name and everything stored under it is lost. */
class ArtifactKeysTest {
    private static final RunId RUN = new RunId("r0123456789abcdef0123");
    private static final StudyId STUDY = new StudyId("s0123456789abcdef0123");
    private static final AnalysisId ANALYSIS = new AnalysisId("a0123456789abcdef0123");
    private static final Digest DIGEST = new Digest("ab".repeat(32));

    @Test
    void namesAreThoseOfTheDesign() {
        assertThat(ArtifactKeys.study(STUDY)).isEqualTo("studies/s0123456789abcdef0123.json");
        assertThat(ArtifactKeys.spec(RUN)).isEqualTo("runs/r0123456789abcdef0123/spec.json");
        assertThat(ArtifactKeys.result(RUN)).isEqualTo("runs/r0123456789abcdef0123/result.json");
        assertThat(ArtifactKeys.owner(ArtifactKeys.run(RUN))).isEqualTo("runs/r0123456789abcdef0123/owner.json");
        assertThat(ArtifactKeys.wantedBy(RUN, STUDY))
                .isEqualTo("runs/r0123456789abcdef0123/wanted-by/s0123456789abcdef0123");
        assertThat(ArtifactKeys.attempt(ArtifactKeys.run(RUN), Attempt.of(17, 2)))
                .isEqualTo("runs/r0123456789abcdef0123/attempts/17-2.json");
        assertThat(ArtifactKeys.checkpoint(RUN, new Step(640), DIGEST))
                .isEqualTo("runs/r0123456789abcdef0123/checkpoints/step-00000640-abababababab.safetensors");
        assertThat(ArtifactKeys.evidence(RUN, new Step(640), DIGEST))
                .isEqualTo("runs/r0123456789abcdef0123/evidence/step-00000640-abababababab.safetensors");
        assertThat(ArtifactKeys.resume(RUN, new Step(640), DIGEST))
                .isEqualTo("runs/r0123456789abcdef0123/resume/step-00000640-abababababab.safetensors");
        assertThat(ArtifactKeys.analysis(ANALYSIS)).isEqualTo("analyses/a0123456789abcdef0123.json");
        assertThat(ArtifactKeys.analysisTensors(ANALYSIS)).isEqualTo("analyses/a0123456789abcdef0123.safetensors");
        assertThat(ArtifactKeys.owner(ArtifactKeys.analysisJob(ANALYSIS)))
                .isEqualTo("analyses/a0123456789abcdef0123/owner.json");
        assertThat(ArtifactKeys.dataset(DIGEST)).isEqualTo("datasets/" + DIGEST + "/data.safetensors");
        assertThat(ArtifactKeys.pretrained(DIGEST)).isEqualTo("pretrained/" + DIGEST + ".safetensors");
        assertThat(ArtifactKeys.pretrainedOf("resnet18")).isEqualTo("pretrained/resnet18.json");
    }

    @Test
    void aCheckpointsNameSaysWhatItIs() {
        String key = ArtifactKeys.checkpoint(RUN, new Step(640), DIGEST);

        StepKey parsed = StepKey.parse(key).orElseThrow();

        assertThat(parsed).isEqualTo(new StepKey(RUN, StepKey.Kind.CHECKPOINT, new Step(640), DIGEST.prefix()));
        assertThat(parsed.key()).isEqualTo(key);
        assertThat(parsed.matches(DIGEST)).isTrue();
    }

    @Test
    void otherNamesAreNotTakenForCheckpoints() {
        assertThat(StepKey.parse(ArtifactKeys.spec(RUN))).isEmpty();
        assertThat(StepKey.parse(ArtifactKeys.resumePoint(RUN, new Step(1), DIGEST)))
                .isEmpty();
        assertThat(StepKey.parse(ArtifactKeys.evidence(RUN, new Step(1), DIGEST)))
                .map(StepKey::kind)
                .contains(StepKey.Kind.EVIDENCE);
    }
}
