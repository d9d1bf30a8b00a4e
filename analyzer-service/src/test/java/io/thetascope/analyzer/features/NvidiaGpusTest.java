package io.thetascope.analyzer.features;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NvidiaGpusTest {
    @TempDir
    private Path devices;

    @Test
    void aMachineWithoutADriverShowsNone() {
        assertThatThrownBy(() -> NvidiaGpus.require(devices, 0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("0 NVIDIA GPUs");
    }

    @Test
    void countsGpusAndNotTheDriversOtherFiles() throws IOException {
        // Given a container that is shown the second GPU of its machine
        for (String name : new String[] {"nvidia1", "nvidiactl", "nvidia-uvm", "null"}) {
            Files.createFile(devices.resolve(name));
        }

        // Then its index is 0, whatever the file is called
        assertThatCode(() -> NvidiaGpus.require(devices, 0)).doesNotThrowAnyException();
        assertThatThrownBy(() -> NvidiaGpus.require(devices, 1)).hasMessageContaining("1 NVIDIA GPUs");
    }

    @Test
    void oneFileStandsForAllUnderWsl() throws IOException {
        Files.createFile(devices.resolve("dxg"));
        assertThatCode(() -> NvidiaGpus.require(devices, 0)).doesNotThrowAnyException();
    }
}
