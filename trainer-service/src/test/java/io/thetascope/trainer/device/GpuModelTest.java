package io.thetascope.trainer.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GpuModelTest {
    @TempDir
    Path driver;

    @Test
    void isWhatTheDriverSaysWhereAllGpusAreOfOneModel() throws IOException {
        gpu("0000:01:00.0", "NVIDIA H100 80GB HBM3");
        gpu("0000:02:00.0", "NVIDIA H100 80GB HBM3");
        assertThat(GpuModel.of(driver, 1)).isEqualTo("cuda NVIDIA H100 80GB HBM3");
    }

    @Test
    void isTheNumberWhereModelsDifferOrTheDriverSaysNothing() throws IOException {
        assertThat(GpuModel.of(driver.resolve("none"), 1)).isEqualTo("cuda:1");
        gpu("0000:01:00.0", "Tesla T4");
        gpu("0000:02:00.0", "NVIDIA A100");
        assertThat(GpuModel.of(driver, 0)).isEqualTo("cuda:0");
    }

    @Test
    void aGpuThatWouldRoundToTensorFloatsIsRefused() {
        assertThatCode(() -> TrainingDevice.requireSinglePrecision("0")).doesNotThrowAnyException();
        for (@Nullable String set : Arrays.asList(null, "", "1")) {
            assertThatThrownBy(() -> TrainingDevice.requireSinglePrecision(set))
                    .isInstanceOf(DeviceNotThereException.class)
                    .hasMessageContaining("NVIDIA_TF32_OVERRIDE must be 0");
        }
    }

    private void gpu(String bus, String model) throws IOException {
        Path folder = Files.createDirectories(driver.resolve(bus));
        Files.writeString(folder.resolve("information"), "Model: \t\t " + model + "\nIRQ:   \t\t 72\n");
    }
}
