package io.thetascope.measures.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.thetascope.contracts.analysis.OrderAgreementResult;
import io.thetascope.contracts.analysis.OrderResult;
import io.thetascope.contracts.analysis.OrderResult.BlockOrder;
import io.thetascope.contracts.analysis.OrderResult.ClassOnset;
import io.thetascope.contracts.identity.Step;
import io.thetascope.measures.NotMeasurableException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OrderAgreementTest {
    private static final List<Double> EPOCHS = List.of(0.0, 1.0, 2.0, 3.0);

    private static BlockOrder block(String name, @Nullable Double half) {
        return new BlockOrder(name, 8, List.of(0.0, 0.3, 0.6, 1.0), half == null ? null : new Step(5), half);
    }

    /** Onsets of the classes 0, 1, …; below 0 a class that was never learned. */
    private static OrderResult run(List<BlockOrder> blocks, @Nullable String tooCoarse, double... onsets) {
        List<ClassOnset> classes = new ArrayList<>();
        for (int label = 0; label < onsets.length; label++) {
            boolean learned = onsets[label] >= 0;
            classes.add(new ClassOnset(
                    label, List.of(0.0, 0.5, 0.5, 0.5), learned ? new Step(5) : null, learned ? onsets[label] : null));
        }
        List<Step> steps = List.of(new Step(0), new Step(5), new Step(10), new Step(15));
        return new OrderResult(steps, EPOCHS, 4, blocks, classes, 0, 0, tooCoarse);
    }

    @Test
    void ranksWhatBothRunsLearned() {
        // Given class 2 never learned by the left, class 4 by the right; blocks that only one has, or has t½ of
        OrderResult left =
                run(List.of(block("a", 1.0), block("b", 2.0), block("c", 3.0), block("d", 1.0)), null, 1, 2, -1, 3, 1);
        OrderResult right =
                run(List.of(block("c", 1.0), block("x", 2.0), block("a", 3.0), block("b", null)), null, 1, 3, 0, 2, -1);

        // When
        OrderAgreementResult result = OrderAgreement.measure(left, right);

        // Then classes 0, 1, 3: (1, 2, 3) and (1, 3, 2); blocks a and c: (1, 3) and (3, 1)
        assertThat(result.classes().n()).isEqualTo(3);
        assertThat(result.classes().tau()).isCloseTo(1 / 3.0, within(1e-15));
        assertThat(result.classes().low()).isNull();
        assertThat(result.blocks().n()).isEqualTo(2);
        assertThat(result.blocks().tau()).isEqualTo(-1);
        assertThat(result.tooCoarse()).isNull();
    }

    @Test
    void repeatsWhichRunIsTooCoarse() {
        OrderResult fine = run(List.of(), null, 1, 2);
        OrderResult coarse = run(List.of(), "all at once", 1, 1);
        assertThat(OrderAgreement.measure(fine, coarse).tooCoarse()).isEqualTo("right: all at once");
        assertThat(OrderAgreement.measure(coarse, fine).tooCoarse()).isEqualTo("left: all at once");
        assertThat(OrderAgreement.measure(coarse, coarse).tooCoarse())
                .isEqualTo("left: all at once; right: all at once");
    }

    @Test
    void refusesRunsWhoseCheckpointsLieElsewhere() {
        OrderResult one = run(List.of(), null, 1, 2);
        OrderResult other =
                new OrderResult(one.steps(), List.of(0.0, 1.0, 2.0, 4.0), 4, one.blocks(), one.classes(), 0, 0, null);
        assertThatThrownBy(() -> OrderAgreement.measure(one, other))
                .isInstanceOf(NotMeasurableException.class)
                .hasMessageContaining("[0.0, 1.0, 2.0, 3.0] and [0.0, 1.0, 2.0, 4.0]")
                .hasMessageContaining("train both with the same epochs, batch and checkpoints");
    }
}
