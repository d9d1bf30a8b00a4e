package io.thetascope.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thetascope.contracts.run.InputShape;
import org.junit.jupiter.api.Test;

class ParameterScopeTest {
    private static final NetworkDescription LENET = Networks.named("lenet", new InputShape(1, 32, 32));
    private static final NetworkDescription RESNET = Networks.named("resnet18", new InputShape(3, 32, 32));

    @Test
    void allHoldsEveryTrainableValue() {
        // Oracle: the parameter counts of MEASURES §1
        assertThat(new ParameterScope(LENET, "all").size()).isEqualTo(61_706);
        assertThat(new ParameterScope(RESNET, "all").size()).isEqualTo(11_181_642);
    }

    @Test
    void liveLeavesOutWhatIsGeometryDead() {
        // Oracle: MEASURES §2, 6,946,816 of ResNet18's values at 32 pixels are geometry-dead; none of LeNet's
        ParameterScope live = new ParameterScope(RESNET, "live");
        assertThat(live.size()).isEqualTo(11_181_642 - 6_946_816);
        Parameter last = parameter(RESNET, "layer4.1.conv2.weight");
        assertThat(live.leftOut(last).isDead(0)).isTrue();
        assertThat(live.leftOut(last).isDead(4)).isFalse(); // the tap in the middle of 3 by 3
        assertThat(new ParameterScope(RESNET, "all").leftOut(last).dead()).isEmpty();
        assertThat(new ParameterScope(LENET, "live").size()).isEqualTo(61_706);
    }

    @Test
    void kindHoldsWhatItNamesAndNothingElse() {
        ParameterScope shifts = new ParameterScope(RESNET, "norm-bias");
        assertThat(shifts.parameters()).hasSize(20).allMatch(p -> p.kind() == ParameterKind.NORM_BIAS);
        assertThat(new ParameterScope(LENET, "bias").parameters())
                .extracting(Parameter::name)
                .containsExactly("conv1.bias", "conv2.bias", "fc1.bias", "fc2.bias", "fc3.bias");
        long kinds = new ParameterScope(RESNET, "weight").size()
                + new ParameterScope(RESNET, "bias").size()
                + new ParameterScope(RESNET, "norm-weight").size()
                + shifts.size();
        assertThat(kinds).isEqualTo(11_181_642);
    }

    @Test
    void layerHoldsItsOwnParameters() {
        assertThat(new ParameterScope(LENET, "conv1").parameters())
                .extracting(Parameter::name)
                .containsExactly("conv1.weight", "conv1.bias");
        assertThat(new ParameterScope(RESNET, "layer4.1.conv2").parameters())
                .extracting(Parameter::name)
                .containsExactly("layer4.1.conv2.weight");
    }

    @Test
    void unknownLayerIsRefusedWithThoseThereAre() {
        assertThatThrownBy(() -> new ParameterScope(LENET, "conv7"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "lenet has no scope conv7; its scopes are all, live, weight, bias, conv1, conv2, fc1, fc2, fc3");
        assertThatThrownBy(() -> new ParameterScope(RESNET, "layer5"))
                .hasMessageContaining("all, live, weight, bias, norm-weight, norm-bias, conv1, bn1, layer1.0.conv1")
                .hasMessageEndingWith("… fc (41 layers)");
    }

    @Test
    void kindThatANetworkLacksIsRefused() {
        assertThatThrownBy(() -> new ParameterScope(LENET, "norm-weight"))
                .hasMessageStartingWith("lenet has no norm-weight; its scopes are all, live, weight, bias, conv1");
    }

    @Test
    void layerWithoutParametersIsNoScope() {
        Layer relu = LENET.layers().stream()
                .filter(Relu.class::isInstance)
                .findFirst()
                .orElseThrow();
        assertThatThrownBy(() -> new ParameterScope(LENET, relu.name()))
                .hasMessageContaining("has no scope " + relu.name());
    }

    private static Parameter parameter(NetworkDescription network, String name) {
        return network.parameters().stream()
                .filter(p -> p.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
