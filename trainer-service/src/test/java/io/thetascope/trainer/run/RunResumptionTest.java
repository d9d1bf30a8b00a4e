package io.thetascope.trainer.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.thetascope.artifacts.ArtifactKeys;
import io.thetascope.artifacts.JsonObjects;
import io.thetascope.contracts.event.CheckpointStored;
import io.thetascope.contracts.event.Event;
import io.thetascope.contracts.event.RunControl;
import io.thetascope.contracts.event.RunFinished;
import io.thetascope.contracts.event.RunStarted;
import io.thetascope.contracts.event.TrainJob;
import io.thetascope.contracts.identity.Attempt;
import io.thetascope.contracts.identity.Step;
import io.thetascope.contracts.run.Environment;
import io.thetascope.contracts.run.RunResult;
import io.thetascope.contracts.run.RunSpec;
import io.thetascope.jobqueue.JobEnding;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every look at the clock takes ten seconds, so that a resume point is due again and again. 20 steps, 4 an epoch. */
class RunResumptionTest {
    private static final Attempt SECOND = Attempt.of(9, 2);

    private final RunFixture fixture;
    private final RunSpec spec;

    RunResumptionTest(@TempDir Path folder) {
        fixture = new RunFixture(folder);
        spec = SmallRuns.withEvidence(SmallRuns.spec(fixture.dataset, 5, 0.01));
    }

    @BeforeEach
    void letTimePass() {
        fixture.secondsALook = 10;
    }

    /** The lease is lost: from then on this worker may leave no trace, as if it had been killed. */
    private void dieAtEpoch(int epoch) {
        fixture.atEpoch(epoch, () -> fixture.leaseClock.set(Duration.ofHours(1).toNanos()));
        assertThat(fixture.train(spec)).isEqualTo(new JobEnding.Released());
        fixture.comeBack();
    }

    private RunResult result() {
        return new JsonObjects(fixture.store)
                .read(ArtifactKeys.result(spec.id()), RunResult.class)
                .orElseThrow();
    }

    private List<String> points() {
        return fixture.store.list(ArtifactKeys.resumes(spec.id())).stream()
                .filter(key -> key.endsWith(".json"))
                .toList();
    }

    private long startedAt() {
        return fixture.facts.of(RunStarted.class).get(0).fromStep().value();
    }

    private void assertEndsAsIfUndisturbed(Path other) {
        RunFixture undisturbed = new RunFixture(other);
        undisturbed.train(spec, SECOND);
        RunResult expected = new JsonObjects(undisturbed.store)
                .read(ArtifactKeys.result(spec.id()), RunResult.class)
                .orElseThrow();
        assertThat(result()).isEqualTo(expected);
        assertThat(fixture.store.list(ArtifactKeys.resumes(spec.id()))).isEmpty();
    }

    @Test
    void goesOnFromTheNewestPointAndEndsWithTheSameBytes(@TempDir Path other) {
        dieAtEpoch(3);
        assertThat(points()).hasSize(2);
        long progress = fixture.training.progress(new TrainJob(spec.id(), spec));
        assertThat(progress).isGreaterThan(8);

        assertThat(fixture.train(spec, SECOND)).isEqualTo(new JobEnding.Done());

        assertThat(startedAt()).isEqualTo(progress);
        assertThat(fixture.facts.of(CheckpointStored.class))
                .allSatisfy(
                        stored -> assertThat(stored.checkpoint().step().value()).isGreaterThan(8));
        assertEndsAsIfUndisturbed(other);
    }

    @Test
    void passesATornPointOverAndUsesTheOneBefore(@TempDir Path other) {
        dieAtEpoch(3);
        String newest = points().get(1);
        String tensors = newest.replace(".json", ".safetensors");
        byte[] whole = fixture.store.get(tensors);
        byte[] torn = Arrays.copyOf(whole, whole.length / 2);
        fixture.store.put(tensors, torn);

        fixture.train(spec, SECOND);

        assertThat(startedAt()).isPositive().isLessThan(stepOf(newest));
        assertEndsAsIfUndisturbed(other);
    }

    @Test
    void neverUsesTensorsThatWereNotMadeCurrent(@TempDir Path other) {
        dieAtEpoch(3);
        points().forEach(fixture.store::delete);
        fixture.train(spec, SECOND);
        assertThat(startedAt()).isZero();
        assertEndsAsIfUndisturbed(other);
    }

    @Test
    void startsOverWhenACheckpointOfThePointIsGone(@TempDir Path other) {
        dieAtEpoch(3);
        fixture.store.list(ArtifactKeys.checkpoints(spec.id(), new Step(8))).forEach(fixture.store::delete);
        dieAtEpoch(1);
        long next = fixture.training.progress(new TrainJob(spec.id(), spec));
        assertThat(points())
                .as("the useless points do not stand before new ones")
                .hasSize(2);
        assertThat(next).isBetween(1L, 8L);

        fixture.train(spec, SECOND);

        assertThat(startedAt()).isEqualTo(next);
        assertEndsAsIfUndisturbed(other);
    }

    @Test
    void savesAndLetsGoWhenTheProcessLeaves(@TempDir Path other) {
        fixture.secondsALook = 0;
        fixture.atEpoch(2, fixture::leave);
        assertThat(fixture.train(spec)).isEqualTo(new JobEnding.Released());
        assertThat(points()).hasSize(1);
        assertThat(fixture.facts.of(RunFinished.class)).isEmpty();

        fixture.comeBack();
        fixture.train(spec, SECOND);
        assertThat(startedAt()).isEqualTo(8);
        assertEndsAsIfUndisturbed(other);
    }

    @Test
    void keepsThePointOfACancelledRunForWhenItIsWantedAgain() {
        fixture.atEpoch(3, () -> fixture.wanted.note(new RunControl(spec.id(), false, 2)));
        fixture.train(spec);
        assertThat(points()).isNotEmpty();
        fixture.comeBack();
        fixture.wanted.note(new RunControl(spec.id(), true, 3));
        fixture.train(spec, SECOND);
        assertThat(startedAt()).isPositive();
        assertThat(fixture.facts.of(RunFinished.class)).hasSize(1);
    }

    @Test
    void marksARunThatWasResumedInAnotherEnvironment() {
        dieAtEpoch(3);
        for (String key : points()) {
            String json = new String(fixture.store.get(key), StandardCharsets.UTF_8);
            fixture.store.put(
                    key,
                    json.replace("\"libtorch\":\"", "\"libtorch\":\"other ").getBytes(StandardCharsets.UTF_8));
        }
        fixture.train(spec, SECOND);
        assertThat(result().earlierEnvironments())
                .extracting(Environment::libtorch)
                .singleElement()
                .asString()
                .startsWith("other ");
    }

    @Test
    void leavesNoTensorsBehindThatNothingDescribes() {
        dieAtEpoch(3);
        String orphan = ArtifactKeys.resumes(spec.id()) + "step-00000001-abababababab.safetensors";
        fixture.store.put(orphan, new byte[1]);
        fixture.atEpoch(4, () -> fixture.leaseClock.set(Duration.ofHours(1).toNanos()));
        fixture.train(spec, SECOND);
        assertThat(fixture.store.stat(orphan)).isEmpty();
        assertThat(points()).hasSize(2);
    }

    @Test
    void removesThePointsOfARunThatHasItsResultAlready() {
        fixture.train(spec);
        fixture.store.put(ArtifactKeys.resumes(spec.id()) + "left-over.safetensors", new byte[1]);
        fixture.train(spec, SECOND);
        assertThat(fixture.store.list(ArtifactKeys.resumes(spec.id()))).isEmpty();
    }

    @Test
    void factsBeforeAPointHaveArrivedWhenItBecomesCurrent() {
        fixture.facts.listener = event -> assertThat(isLate(event)).isFalse();
        fixture.train(spec);
        assertThat(fixture.facts.flushes).isPositive();
    }

    private boolean isLate(Event event) {
        return event instanceof CheckpointStored stored
                && points().stream()
                        .anyMatch(
                                key -> stepOf(key) > stored.checkpoint().step().value());
    }

    private static long stepOf(String key) {
        return Long.parseLong(key.replaceAll(".*step-(\\d{8}).*", "$1"));
    }
}
