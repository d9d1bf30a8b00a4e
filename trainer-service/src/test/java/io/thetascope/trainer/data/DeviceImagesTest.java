package io.thetascope.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.thetascope.contracts.run.InputShape;
import io.thetascope.networks.input.Normalization;
import io.thetascope.trainer.device.TorchEngine;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeviceImagesTest {
    private final NDManager owner = TorchEngine.withThreads(1).newBaseManager(Device.cpu());

    @AfterEach
    void letGo() {
        owner.close();
    }

    @Test
    void padsWithBlackBeforeNormalisation() {
        HostImages host = HostImages.padded(1, 1, 2, 4, new byte[] {(byte) 255, 0, 51, 102}, new byte[] {3});
        Normalization normalization = Normalization.of("mnist");
        try (DeviceImages images =
                new DeviceImages(owner, host, normalization, new InputShape(1, 4, 4), DataType.FLOAT64)) {
            double[] pixels = images.range(owner, 0, 1).imagesBCHW().toDoubleArray();
            double black = (0 - 0.1307) / 0.3081;
            assertThat(pixels[0]).isCloseTo(black, within(1e-12));
            assertThat(pixels[5]).isCloseTo((1 - 0.1307) / 0.3081, within(1e-12));
            assertThat(pixels[6]).isCloseTo(black, within(1e-12));
            assertThat(pixels[9]).isCloseTo((0.2 - 0.1307) / 0.3081, within(1e-12));
            assertThat(pixels[10]).isCloseTo((0.4 - 0.1307) / 0.3081, within(1e-12));
            assertThat(pixels[15]).isCloseTo(black, within(1e-12));
        }
    }

    @Test
    void gathersByIndexWithTheRightLabels() {
        byte[] pixels = {0, 10, 20, 30};
        HostImages host = HostImages.padded(4, 1, 1, 1, pixels, new byte[] {0, 1, 2, 3});
        Normalization plain = new Normalization(List.of(0.0), List.of(1.0));
        try (DeviceImages images = new DeviceImages(owner, host, plain, new InputShape(1, 1, 1), DataType.FLOAT64)) {
            DeviceImages.Batch batch = images.gather(owner, owner.create(new long[] {3, 1}));
            assertThat(batch.labelsB1().toLongArray()).containsExactly(3, 1);
            assertThat(batch.imagesBCHW().toDoubleArray()).containsExactly(new double[] {30 / 255.0, 10 / 255.0});
        }
    }

    @Test
    void replicatesGreyForColourNetworks() {
        HostImages host = HostImages.padded(2, 1, 1, 1, new byte[] {51, 102}, new byte[] {0, 1});
        Normalization plain = new Normalization(List.of(0.0), List.of(1.0));
        try (DeviceImages images = new DeviceImages(owner, host, plain, new InputShape(3, 1, 1), DataType.FLOAT64)) {
            DeviceImages.Batch batch = images.range(owner, 0, 2);
            assertThat(batch.imagesBCHW().getShape()).isEqualTo(new Shape(2, 3, 1, 1));
            assertThat(batch.imagesBCHW().toDoubleArray())
                    .containsExactly(new double[] {0.2, 0.2, 0.2, 0.4, 0.4, 0.4}, within(1e-15));
        }
    }

    @Test
    void refusesColourForGreyNetworks() {
        HostImages host = HostImages.padded(1, 3, 1, 1, new byte[3], new byte[1]);
        assertThatThrownBy(() -> new DeviceImages(
                        owner, host, Normalization.of("cifar10"), new InputShape(1, 1, 1), DataType.FLOAT32))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3x1x1")
                .hasMessageContaining("1x1x1");
    }
}
