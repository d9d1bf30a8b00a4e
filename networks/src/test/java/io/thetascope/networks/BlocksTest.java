package io.thetascope.networks;

import static org.assertj.core.api.Assertions.assertThat;

import io.thetascope.contracts.run.InputShape;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlocksTest {

    private static final String RESIDUAL = "layer1.0.relu2 layer1.1.relu2 layer2.0.relu2 layer2.1.relu2 layer3.0.relu2"
            + " layer3.1.relu2 layer4.0.relu2 layer4.1.relu2";
    private static final String POOLS = "features.4 features.9 features.18 features.27 features.36";

    @ParameterizedTest
    @CsvSource({
        "lenet, pool1 pool2 relu3 relu4",
        "resnet18, maxpool " + RESIDUAL,
        "resnet18-cifar, " + RESIDUAL,
        "vgg19, " + POOLS + " classifier.1 classifier.4",
        "vgg19-small, " + POOLS
    })
    void everyNetworkEndsItsBlocksWhereItIsDrawn(String name, String blocks) {
        assertThat(Networks.named(name, new InputShape(3, 32, 32)).blocks()).isEqualTo(List.of(blocks.split(" ")));
    }
}
