package io.thetascope.perturbation.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.thetascope.artifacts.ArtifactKeys;
import io.thetascope.contracts.identity.Digest;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.identity.Step;
import org.junit.jupiter.api.Test;

class ChildCountTest {
    @Test
    void countsStartingPointsAndNothingElse() {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        ChildCount children = new ChildCount(meters);
        RunId run = new RunId("r" + "0".repeat(20));
        children.accept(ArtifactKeys.checkpoint(run, Step.START, new Digest("ab".repeat(32))));
        children.accept(ArtifactKeys.result(run));
        assertThat(meters.get("thetascope.perturbation.children.written")
                        .counter()
                        .count())
                .isEqualTo(1);
    }
}
