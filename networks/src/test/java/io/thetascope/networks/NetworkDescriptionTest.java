package io.thetascope.networks;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thetascope.contracts.run.InputShape;
import java.util.List;
import org.junit.jupiter.api.Test;

class NetworkDescriptionTest {

    private static final InputShape INPUT = new InputShape(1, 4, 4);
    private final Layer flatten = new Flatten("flatten", "images", Shape.of(1, 4, 4));
    private final Layer head = new Linear("fc", "flatten", Shape.of(16), 10);

    @Test
    void refusesALayerThatReadsWhatComesAfterIt() {
        assertThatThrownBy(() -> new NetworkDescription("n", INPUT, List.of(head, flatten)))
                .hasMessageContaining("layer fc reads flatten");
    }

    @Test
    void refusesALayerThatReadsAnotherShape() {
        Layer wrong = new Linear("fc", "flatten", Shape.of(15), 10);

        assertThatThrownBy(() -> new NetworkDescription("n", INPUT, List.of(flatten, wrong)))
                .hasMessageContaining("[15]")
                .hasMessageContaining("[16]");
    }

    @Test
    void refusesTwoLayersOfOneName() {
        Layer again = new Relu("flatten", "flatten", Shape.of(16));

        assertThatThrownBy(() -> new NetworkDescription("n", INPUT, List.of(flatten, again, head)))
                .hasMessageContaining("two layers are named flatten");
    }

    @Test
    void refusesAnOutputThatNobodyReads() {
        Layer stray = new Relu("stray", "flatten", Shape.of(16));

        assertThatThrownBy(() -> new NetworkDescription("n", INPUT, List.of(flatten, stray, head)))
                .hasMessageContaining("stray");
    }

    @Test
    void refusesAHeadThatIsNotLinear() {
        assertThatThrownBy(() -> new NetworkDescription("n", INPUT, List.of(flatten)))
                .hasMessageContaining("must be linear");
    }

    @Test
    void refusesToBranchFromALayerThatIsNotThereYet() {
        assertThatThrownBy(() -> new NetworkBuilder("n", INPUT).from("conv9")).hasMessageContaining("conv9");
    }
}
