package io.thetascope.gateway.projection;

import static org.assertj.core.api.Assertions.assertThat;

import io.thetascope.contracts.identity.Step;
import io.thetascope.contracts.run.Environment;
import io.thetascope.gateway.testing.Samples;
import org.junit.jupiter.api.Test;

class ComputedPartsTest {
    private static final Environment HERE = Samples.ENVIRONMENT;
    private static final Environment THERE =
            new Environment("2.7.1", "AVX512", 1, "cpu", "0.35.1", "17.0.15", "Linux amd64");
    private static final ComputedParts STARTED = ComputedParts.NONE.goingOn(Step.START, HERE);

    @Test
    void aRunThatGoesOnInTheSameEnvironmentHasNoEarlierOne() {
        Environment newerJava = new Environment("2.7.1", "AVX2", 1, "cpu", "0.35.1", "21.0.1", "Linux amd64");
        assertThat(STARTED.earlier()).isEmpty();
        assertThat(STARTED.goingOn(new Step(20), HERE).earlier()).isEmpty();
        assertThat(STARTED.goingOn(new Step(20), newerJava).earlier()).isEmpty();
    }

    @Test
    void keepsEveryEnvironmentThatAnotherFollowed() {
        ComputedParts there = STARTED.goingOn(new Step(20), THERE);
        assertThat(there.earlier()).containsExactly(HERE);
        assertThat(there.goingOn(new Step(40), THERE).earlier()).containsExactly(HERE);
        assertThat(there.goingOn(new Step(40), HERE).earlier()).containsExactly(HERE, THERE);
        assertThat(ComputedParts.read(there.json())).isEqualTo(there);
    }

    @Test
    void startingOverForgetsThemAll() {
        ComputedParts over = STARTED.goingOn(new Step(20), THERE).goingOn(Step.START, THERE);
        assertThat(over.earlier()).isEmpty();
    }

    @Test
    void anAttemptThatGotNowhereDoesNotCount() {
        ComputedParts gotNowhere = STARTED.goingOn(new Step(20), THERE);
        assertThat(gotNowhere.goingOn(new Step(20), HERE).earlier()).isEmpty();
    }
}
