package io.thetascope.gateway.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ThresholdTest {
    @Test
    void takesEveryRelationAsWrittenAtItsNumber() {
        assertThat(Relation.ABOVE.met(0.6, 0.6, 0.6)).isFalse();
        assertThat(Relation.ABOVE.met(0.6, 0.7, 0.6)).isNull();
        assertThat(Relation.ABOVE.met(0.61, 0.7, 0.6)).isTrue();
        assertThat(Relation.AT_LEAST.met(0.995, 1, 0.995)).isTrue();
        assertThat(Relation.AT_LEAST.met(0.9, 0.995, 0.995)).isNull();
        assertThat(Relation.AT_LEAST.met(0.9, 0.99, 0.995)).isFalse();
        assertThat(Relation.BELOW.met(0.1, 0.2, 0.2)).isNull();
        assertThat(Relation.BELOW.met(0.2, 0.3, 0.2)).isFalse();
        assertThat(Relation.BELOW.met(0.1, 0.19, 0.2)).isTrue();
        assertThat(Relation.AT_MOST.met(0.5, 1, 1)).isTrue();
        assertThat(Relation.AT_MOST.met(1, 1.5, 1)).isNull();
        assertThat(Relation.AT_MOST.met(1.1, 1.5, 1)).isFalse();
        assertThat(Relation.HOLDS.met(-1, 0, 0)).isTrue();
        assertThat(Relation.HOLDS.met(0.1, 1, 0)).isFalse();
    }

    @Test
    void saysItselfInWords() {
        assertThat(new Threshold("E/N", Relation.AT_MOST, 1).words()).isEqualTo("E/N ≤ 1");
        assertThat(new Threshold("d", Relation.AT_LEAST, -0.01).words()).isEqualTo("d ≥ −0.01");
        assertThat(new Threshold("d", Relation.HOLDS, 0).words()).isEqualTo("interval of d holds 0");
    }

    @Test
    void theStudysGateGoesBeforeThatOfTheMeasures() {
        Gates gates = new Gates(Map.of("mnist", 0.9, "cifar10", 0.05));
        assertThat(gates.judge("mnist", "finished", 0.92)).isEqualTo(Worth.MET);
        assertThat(gates.judge("mnist", "finished", 0.89)).isEqualTo(Worth.MISSED);
        assertThat(gates.judge("fashion-mnist", "finished", 0.79)).isEqualTo(Worth.MISSED);
        assertThat(gates.judge("fashion-mnist", "finished", 0.80)).isEqualTo(Worth.MET);
        // twice chance, whatever the study says
        assertThat(gates.judge("cifar10", "finished", 0.19)).isEqualTo(Worth.MISSED);
        assertThat(gates.judge("cifar10", "finished", 0.2)).isEqualTo(Worth.MET);
        assertThat(gates.judge("unheard-of", "finished", 1.0)).isEqualTo(Worth.MISSED);
    }

    @Test
    void aRunWithoutAModelIsNoRunBelowTheGate() {
        Gates gates = new Gates(Map.of());
        assertThat(gates.judge("mnist", "failed", null)).isEqualTo(Worth.ENDED);
        assertThat(gates.judge("mnist", "queued", null)).isEqualTo(Worth.OPEN);
        assertThat(gates.judge("mnist", "finished", null)).isEqualTo(Worth.OPEN);
        assertThat(gates.judge("mnist", "diverged", 0.99)).isEqualTo(Worth.MISSED);
    }
}
