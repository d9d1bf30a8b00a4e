package io.thetascope.gateway.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thetascope.gateway.request.RefusedRequestException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Oracles: MEASURES §1 (counts) and §2 (dead weights). */
class NetworkViewTest {
    @Test
    void saysWhatCanNeverMove() {
        NetworkView view = NetworkView.of("resnet18", null);
        assertThat(view.input()).isEqualTo("3x32x32");
        assertThat(view.parameters()).isEqualTo(11_181_642);
        assertThat(view.geometryDead()).isEqualTo(6_946_816);
        assertThat(view.checkpointBytes()).isEqualTo(4L * (11_181_642 + 9_600) + 8 * 20);
        assertThat(view.layers()).filteredOn(l -> l.geometryDead() > 0).hasSize(4);
        assertThat(NetworkView.of("resnet18", "3x33x33").geometryDead()).isZero();
    }

    @Test
    void layersAddUpToTheNetwork() {
        NetworkView view = NetworkView.of("vgg19", null);
        assertThat(view.layers().stream().mapToLong(LayerView::parameters).sum())
                .isEqualTo(139_611_210);
        assertThat(view.layers().stream().mapToLong(LayerView::flops).sum()).isEqualTo(view.flops());
    }

    @Test
    void lenetIsGreyUnlessToldOtherwise() {
        assertThat(NetworkView.of("lenet", null).parameters()).isEqualTo(61_706);
        assertThat(NetworkView.of("lenet", "3x32x32").parameters()).isEqualTo(62_006);
    }

    @Test
    void namesLayersAndTensorsAsPyTorchDoes() {
        LayerView norm = NetworkView.of("resnet18", null).layers().get(1);
        assertThat(norm.name()).isEqualTo("bn1");
        assertThat(norm.kind()).isEqualTo("BatchNorm2d");
        assertThat(norm.shape()).containsExactly(64, 16, 16);
        assertThat(norm.tensors()).hasSize(5);
        assertThat(norm.tensors().get(4).name()).isEqualTo("bn1.num_batches_tracked");
        assertThat(norm.tensors().get(4).trained()).isFalse();
    }

    @Test
    void signSymmetryNeedsBatchNorm() {
        assertThat(NetworkView.of("resnet18", null).symmetries())
                .extracting(Symmetry::kind)
                .containsExactly("batch-norm-sign");
        assertThat(NetworkView.of("vgg19", null).symmetries())
                .extracting(Symmetry::kind)
                .containsExactly("relu-rescaling");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "32", "3x32", "3x32x-1", "axbxc", "3x99999999x99999999", "1x1x1", "3x32x32x32"})
    void refusesAnInputThatTheNetworkDoesNotTake(String input) {
        assertThatThrownBy(() -> NetworkView.of("vgg19", input))
                .isInstanceOf(RefusedRequestException.class)
                .hasMessageContaining("input: write channels x height x width");
    }
}
