package io.thetascope.measures.integrity;

import static org.assertj.core.api.Assertions.assertThat;

import io.thetascope.contracts.analysis.IntegrityResult;
import io.thetascope.contracts.analysis.IntegrityResult.Finding;
import io.thetascope.contracts.identity.Digest;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.identity.Step;
import io.thetascope.contracts.run.ArtifactRef;
import io.thetascope.contracts.run.StoredCheckpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class IntegrityAuditTest {
    private static final RunId RUN = new RunId("r0123456789abcdef0123");
    private static final RunId OTHER = new RunId("rfedcba9876543210fedc");
    private static final List<Step> PLANNED =
            Stream.of(0L, 10L, 20L, 30L, 40L).map(Step::new).toList();

    private final List<ExaminedCheckpoint> trajectory = new ArrayList<>();

    IntegrityAuditTest() {
        PLANNED.forEach(step -> trajectory.add(whole(step, 20)));
    }

    private static ExaminedCheckpoint whole(Step step, double distance) {
        Digest digest = digest(step.value());
        return new ExaminedCheckpoint(
                announced(step),
                digest,
                null,
                RUN,
                step,
                epoch(step),
                null,
                digest(100 + step.value()),
                step.equals(Step.START) ? null : distance);
    }

    private static StoredCheckpoint announced(Step step) {
        return new StoredCheckpoint(step, epoch(step), new ArtifactRef("at-" + step, digest(step.value()), 8));
    }

    private static int epoch(Step step) {
        return (int) step.value() / 10;
    }

    private static Digest digest(long of) {
        return new Digest(String.format("%064x", of));
    }

    private static ExaminedCheckpoint found(ExaminedCheckpoint c, @Nullable Digest found) {
        return new ExaminedCheckpoint(
                c.announced(), found, null, c.run(), c.step(), c.epoch(), null, c.content(), c.distance());
    }

    private static ExaminedCheckpoint saying(ExaminedCheckpoint c, @Nullable RunId run, Step step, int epoch) {
        return new ExaminedCheckpoint(
                c.announced(), c.found(), null, run, step, epoch, null, c.content(), c.distance());
    }

    private IntegrityResult audit() {
        return IntegrityAudit.audit(RUN, PLANNED, trajectory);
    }

    private static List<String> codes(List<Finding> findings) {
        return findings.stream().map(Finding::code).toList();
    }

    private static List<String> damage(IntegrityResult result, int index) {
        return codes(result.checkpoints().get(index).damage());
    }

    @Test
    void wholeTrajectoryIsSoundAndItsPaceIsKnown() {
        IntegrityResult result = audit();

        assertThat(result.sound()).isTrue();
        assertThat(result.planned()).isEqualTo(5);
        assertThat(result.checkpoints())
                .hasSize(5)
                .allSatisfy(c -> assertThat(c.damage()).isEmpty());
        assertThat(result.checkpoints().get(0).distancePerStep()).isNull();
        assertThat(result.checkpoints().get(3).distancePerStep()).isEqualTo(2);
        assertThat(result.checkpoints())
                .allSatisfy(c -> assertThat(c.warnings()).isEmpty());
    }

    @Test
    void missingAndCorruptedCheckpointsAreNamedAndNoPaceIsGivenAroundThem() {
        trajectory.set(1, found(trajectory.get(1), null));
        trajectory.set(3, found(trajectory.get(3), digest(999)));

        IntegrityResult result = audit();

        assertThat(result.sound()).isFalse();
        assertThat(damage(result, 1)).containsExactly(Finding.MISSING);
        assertThat(damage(result, 3)).containsExactly(Finding.DAMAGED);
        assertThat(result.checkpoints())
                .allSatisfy(c -> assertThat(c.distancePerStep()).isNull());
        assertThat(result.checkpoints().get(1).damage().get(0).says()).contains("at-10", "restore");
    }

    @Test
    void swappedCheckpointsNameEachOther() {
        trajectory.set(1, found(trajectory.get(1), digest(30)));
        trajectory.set(3, found(trajectory.get(3), digest(10)));

        IntegrityResult result = audit();

        assertThat(damage(result, 1)).containsExactly(Finding.SWAPPED);
        assertThat(damage(result, 3)).containsExactly(Finding.SWAPPED);
        assertThat(result.checkpoints().get(1).damage().get(0).says()).contains("step 30");
    }

    @Test
    void laterOfTwoEqualCheckpointsIsTheCopy() {
        ExaminedCheckpoint c = trajectory.get(3);
        trajectory.set(
                3,
                new ExaminedCheckpoint(
                        c.announced(),
                        c.found(),
                        null,
                        RUN,
                        c.step(),
                        c.epoch(),
                        null,
                        trajectory.get(1).content(),
                        0.0));

        IntegrityResult result = audit();

        assertThat(damage(result, 1)).isEmpty();
        assertThat(damage(result, 3)).containsExactly(Finding.DUPLICATE);
        assertThat(result.checkpoints().get(3).damage().get(0).says()).contains("step 10");
    }

    @Test
    void goodFileThatWasCopiedOverAnEarlierOneIsNotBlamed() {
        ExaminedCheckpoint overwritten = found(trajectory.get(1), digest(30));
        trajectory.set(
                1,
                new ExaminedCheckpoint(
                        overwritten.announced(),
                        overwritten.found(),
                        null,
                        RUN,
                        new Step(30),
                        3,
                        null,
                        trajectory.get(3).content(),
                        20.0));

        IntegrityResult result = audit();

        assertThat(damage(result, 1)).containsExactly(Finding.SWAPPED);
        assertThat(damage(result, 3)).isEmpty();
    }

    @Test
    void fileOfAnotherRunStepOrEpochIsNamed() {
        trajectory.set(1, saying(trajectory.get(1), OTHER, new Step(10), 1));
        trajectory.set(2, saying(trajectory.get(2), RUN, new Step(30), 2));
        trajectory.set(3, saying(trajectory.get(3), RUN, new Step(30), 2));
        trajectory.set(4, saying(trajectory.get(4), null, new Step(40), 4));

        IntegrityResult result = audit();

        assertThat(damage(result, 1)).containsExactly(Finding.FOREIGN);
        assertThat(damage(result, 2)).containsExactly(Finding.MISPLACED);
        assertThat(damage(result, 3)).containsExactly(Finding.MISPLACED);
        assertThat(damage(result, 4)).containsExactly(Finding.FOREIGN);
    }

    @Test
    void unreadableFilesAndValuesThatAreNotFiniteAreNamed() {
        ExaminedCheckpoint c = trajectory.get(2);
        trajectory.set(
                2,
                new ExaminedCheckpoint(
                        c.announced(),
                        c.found(),
                        "tensor conv1.weight is missing",
                        null,
                        null,
                        null,
                        null,
                        null,
                        null));
        ExaminedCheckpoint d = trajectory.get(4);
        trajectory.set(
                4,
                new ExaminedCheckpoint(
                        d.announced(), d.found(), null, RUN, d.step(), d.epoch(), "fc1.bias", d.content(), null));

        IntegrityResult result = audit();

        assertThat(damage(result, 2)).containsExactly(Finding.UNREADABLE);
        assertThat(damage(result, 4)).containsExactly(Finding.NOT_FINITE);
        assertThat(result.checkpoints().get(4).damage().get(0).says()).contains("fc1.bias");
    }

    @Test
    void gapsAndStepsOutOfOrderAreDamageOfTheWhole() {
        trajectory.remove(2);
        ExaminedCheckpoint moved = trajectory.remove(1);
        trajectory.add(moved);

        IntegrityResult result = audit();

        assertThat(result.sound()).isFalse();
        assertThat(codes(result.damage())).containsExactly(Finding.GAP, Finding.OUT_OF_ORDER);
        assertThat(result.damage().get(0).says()).contains("step 20");
        assertThat(result.damage().get(1).says()).contains("step 10", "step 40");
    }

    @Test
    void jumpIsWarnedOfAndTheStartIsExcepted() {
        // the first displacement is large by nature: neither warned of nor a neighbour
        trajectory.set(1, whole(new Step(10), 5_000));
        trajectory.set(3, whole(new Step(30), 201));

        IntegrityResult result = audit();

        assertThat(result.sound()).isTrue();
        assertThat(result.checkpoints().get(1).warnings()).isEmpty();
        assertThat(codes(result.checkpoints().get(3).warnings())).containsExactly(Finding.JUMP);
        assertThat(result.checkpoints().get(2).warnings()).isEmpty();

        trajectory.set(3, whole(new Step(30), 199)); // less than ten times

        assertThat(audit().checkpoints().get(3).warnings()).isEmpty();
    }
}
