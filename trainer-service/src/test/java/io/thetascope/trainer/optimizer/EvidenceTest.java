package io.thetascope.trainer.optimizer;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.thetascope.networks.Parameter;
import io.thetascope.networks.ParameterKind;
import io.thetascope.networks.Shape;
import io.thetascope.trainer.device.TorchEngine;
import io.thetascope.trainer.network.FlatWeights;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EvidenceTest {
    private static final int N = 11;

    private final NDManager owner = TorchEngine.withThreads(1).newBaseManager(Device.cpu());
    private final FlatWeights weights = new FlatWeights(
            owner, List.of(new Parameter("a", Shape.of(N), ParameterKind.BIAS, "a", 1)), DataType.FLOAT32);
    private final Evidence evidence = new Evidence(owner, N);

    @AfterEach
    void letGo() {
        owner.close();
    }

    @Test
    void seesGradientsAndChangesAndKeepsThemOverSteps() {
        weights.write(0, 0, new float[] {1, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1});
        FlatUpdate update = new FlatUpdate(owner, new SgdMomentum(0, 0), weights, Optional.of(evidence), 4);

        // 1: changed; 2: absorbed, since 1 − 1e-12 is 1; 3: −0 after a 0 gradient is no change; 9: not a number
        update.apply(List.of(owner.create(gradient(1, 0.5f, 2, 1e-12f, 10, Float.NaN))), 1, 1);
        update.apply(List.of(owner.create(gradient(8, -2f))), 2, 1);

        assertThat(evidence.packed(Evidence.Kind.GRADIENT_SEEN, 0, N)).containsExactly(bits(1, 2, 8, 10));
        assertThat(evidence.packed(Evidence.Kind.VALUE_CHANGED, 0, N)).containsExactly(bits(1, 2, 8, 10));
        // element 2 starts at 0, where even 1e-12 is a change; at 1 it would be absorbed:
        update.apply(List.of(owner.create(gradient(4, 1e-12f))), 3, 1);
        assertThat(evidence.packed(Evidence.Kind.GRADIENT_SEEN, 0, N)).containsExactly(bits(1, 2, 4, 8, 10));
        assertThat(evidence.packed(Evidence.Kind.VALUE_CHANGED, 0, N)).containsExactly(bits(1, 2, 8, 10));
    }

    @Test
    void countsWeightDecayAsGradient() {
        weights.write(0, 0, new float[] {1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0});
        new FlatUpdate(owner, new SgdMomentum(0, 0.1), weights, Optional.of(evidence))
                .apply(List.of(owner.create(new float[N])), 1, 1);
        assertThat(evidence.packed(Evidence.Kind.GRADIENT_SEEN, 0, N)).containsExactly(bits(0));
    }

    @Test
    void changesNoWeightByBeingKept() {
        float[] with = trained(Optional.of(evidence));
        assertThat(with).isEqualTo(trained(Optional.empty()));
    }

    private float[] trained(Optional<Evidence> kept) {
        weights.write(0, 0, new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11});
        FlatUpdate update = new FlatUpdate(owner, new Adam(0.9, 0.999, 1e-8, 0.01), weights, kept, 4);
        update.apply(List.of(owner.create(gradient(0, 0.3f, 5, -0.2f))), 1, 0.1);
        update.apply(List.of(owner.create(gradient(1, 0.3f, 6, -0.2f))), 2, 0.1);
        return weights.read(0, 0, N);
    }

    @Test
    void comesBackFromPackedBits() {
        byte[] packed = bits(0, 3, 7, 8, 10);
        evidence.unpack(Evidence.Kind.VALUE_CHANGED, 0, N, packed);
        assertThat(evidence.packed(Evidence.Kind.VALUE_CHANGED, 0, N)).containsExactly(packed);
        assertThat(evidence.packed(Evidence.Kind.VALUE_CHANGED, 8, 3)).containsExactly(0b101);
        assertThat(evidence.packed(Evidence.Kind.GRADIENT_SEEN, 0, N)).containsExactly(0, 0);
    }

    /** Index, value, index, value …; 0 elsewhere. */
    private static float[] gradient(float... places) {
        float[] gradient = new float[N];
        for (int i = 0; i < places.length; i += 2) {
            gradient[(int) places[i]] = places[i + 1];
        }
        return gradient;
    }

    private static byte[] bits(int... elements) {
        byte[] packed = new byte[2];
        for (int element : elements) {
            packed[element / 8] |= (byte) (1 << element % 8);
        }
        return packed;
    }
}
