package io.thetascope.analyzer.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeviceTest {
    @TempDir
    private Path folder;

    @Test
    void isReadFromASetting() {
        assertThat(Device.of("cpu")).isEqualTo(Device.CPU);
        assertThat(Device.of("cuda")).isEqualTo(new Device(true, 0));
        assertThat(Device.of("cuda:3")).isEqualTo(new Device(true, 3));
        assertThatThrownBy(() -> Device.of("gpu"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("thetascope.analyzer.device")
                .hasMessageContaining("gpu");
    }

    @Test
    void theCpuIsThereAndNothingIsLeftOfTheCheck() {
        // When
        DeviceCheck.require(new FeatureModel(Device.CPU), folder);

        // Then
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aGpuThatIsNotThereIsRefusedWithTheReason() {
        // Given more GPUs than a machine has
        FeatureModel model = new FeatureModel(Device.of("cuda:99"));

        // Then
        assertThatThrownBy(() -> DeviceCheck.require(model, folder))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("thetascope.analyzer.device is cuda:99")
                .hasMessageContaining("set it to cpu");
        assertThat(folder).isEmptyDirectory();
    }
}
