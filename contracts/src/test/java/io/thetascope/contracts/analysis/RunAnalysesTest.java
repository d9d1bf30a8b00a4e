package io.thetascope.contracts.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.thetascope.contracts.event.Examples;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunAnalysesTest {
    @Test
    void movementBetweenConsecutiveCheckpointsAndFeaturesAtEachArePlanned() {
        List<AnalysisRequest> requests = RunAnalyses.of(Examples.base());
        assertThat(requests).filteredOn(r -> r.kind() == AnalysisKind.MOVEMENT).hasSize(4);
        assertThat(requests).filteredOn(r -> r.kind() == AnalysisKind.FEATURES).hasSize(5);
        assertThat(requests.stream().map(AnalysisRequest::id).distinct()).hasSize(9);
    }

    @Test
    void idsArePinned() {
        // change this and measured results are lost
        assertThat(RunAnalyses.of(Examples.base()).get(0).id().value()).isEqualTo("a6e6952582b0f509a3fc1");
        assertThat(RunAnalyses.of(Examples.base()).get(1).id().value()).isEqualTo("a1c6008c9604f6bca29cf");
    }
}
