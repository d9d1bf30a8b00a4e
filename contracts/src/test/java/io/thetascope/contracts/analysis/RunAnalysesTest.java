package io.thetascope.contracts.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.thetascope.contracts.event.Examples;
import io.thetascope.contracts.run.Perturbation;
import io.thetascope.contracts.run.RunSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunAnalysesTest {
    @Test
    void movementFeaturesOrderLazinessAndIntegrityArePlanned() {
        List<AnalysisRequest> requests = RunAnalyses.of(Examples.base());
        assertThat(requests).filteredOn(r -> r.kind() == AnalysisKind.MOVEMENT).hasSize(4);
        assertThat(requests).filteredOn(r -> r.kind() == AnalysisKind.FEATURES).hasSize(5);
        assertThat(requests)
                .extracting(AnalysisRequest::kind)
                .endsWith(AnalysisKind.ORDER, AnalysisKind.LAZINESS, AnalysisKind.INTEGRITY);
        assertThat(requests.stream().map(AnalysisRequest::id).distinct()).hasSize(12);
    }

    @Test
    void retrainingIsNotAskedWhetherItWasLazy() {
        RunSpec child = Examples.base().perturbed(Perturbation.epsilon(1e-6));

        assertThat(RunAnalyses.of(child)).extracting(AnalysisRequest::kind).doesNotContain(AnalysisKind.LAZINESS);
    }

    @Test
    void movementKnowsTheDisplacementBeforeIt() {
        List<AnalysisRequest> movements = RunAnalyses.movement(Examples.base());

        assertThat(movements.get(0).input(AnalysisInput.BEFORE)).isEmpty();
        assertThat(movements.get(3).input(AnalysisInput.BEFORE).orElseThrow().step())
                .isEqualTo(
                        movements.get(2).input(AnalysisInput.FROM).orElseThrow().step());
    }

    @Test
    void idsArePinned() {
        // change this and measured results are lost
        assertThat(RunAnalyses.of(Examples.base()).get(0).id().value()).isEqualTo("a34d6db1f88b2216a8484");
        assertThat(RunAnalyses.of(Examples.base()).get(1).id().value()).isEqualTo("abb028b091a9dff3c0b5c");
    }
}
