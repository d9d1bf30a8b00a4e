package io.thetascope.trainer.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import org.junit.jupiter.api.Test;

class DeviceChoiceTest {
    @Test
    void autoTakesAGpuOnlyWhereLibraryAndMachineHaveOne() {
        DeviceChoice auto = new DeviceChoice("auto");
        assertThat(auto.resolve(true, 2)).isEqualTo(Device.gpu(0));
        assertThat(auto.resolve(true, 0)).isEqualTo(Device.cpu());
        assertThat(auto.resolve(false, 2)).isEqualTo(Device.cpu());
    }

    @Test
    void takesTheGpuThatWasAskedFor() {
        assertThat(new DeviceChoice("cuda:1").resolve(true, 2)).isEqualTo(Device.gpu(1));
        assertThat(new DeviceChoice("cuda").resolve(true, 1)).isEqualTo(Device.gpu(0));
        assertThat(new DeviceChoice("cpu").resolve(true, 1)).isEqualTo(Device.cpu());
    }

    @Test
    void refusesAGpuThatIsNotThereInsteadOfFallingBack() {
        assertThatThrownBy(() -> new DeviceChoice("cuda:2").resolve(true, 2))
                .isInstanceOf(DeviceNotThereException.class)
                .hasMessageContaining("cuda:2")
                .hasMessageContaining("2 GPUs");
        assertThatThrownBy(() -> new DeviceChoice("cuda:0").resolve(TorchEngine.withThreads(1)))
                .isInstanceOf(DeviceNotThereException.class)
                .hasMessageContaining("has no CUDA");
    }

    @Test
    void refusesUnknownDevicesByName() {
        assertThatThrownBy(() -> new DeviceChoice("tpu")).hasMessageContaining("tpu");
    }
}
