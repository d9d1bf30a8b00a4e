package io.thetascope.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class InfraKindTest {
    @Test
    void autoTakesContainersWhereAnEngineAnswers() {
        assertThat(InfraKind.of("auto", () -> true)).isEqualTo(InfraKind.DOCKER);
        assertThat(InfraKind.of("auto", () -> false)).isEqualTo(InfraKind.EMBEDDED);
    }

    @Test
    void embeddedDoesNotLookForAnEngine() {
        assertThat(InfraKind.of("embedded", this::notAsked)).isEqualTo(InfraKind.EMBEDDED);
    }

    @Test
    void dockerThatIsDemandedAndAbsentIsAFailureAndNeverTheOtherKind() {
        assertThat(InfraKind.of("docker", () -> true)).isEqualTo(InfraKind.DOCKER);
        assertThatThrownBy(() -> InfraKind.of("docker", () -> false))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no Docker engine answers");
    }

    @Test
    void anyOtherWordIsRefused() {
        assertThatThrownBy(() -> InfraKind.of("Docker", this::notAsked)).hasMessageContaining("Docker");
    }

    private boolean notAsked() {
        throw new AssertionError("nobody needs to know whether an engine answers");
    }
}
