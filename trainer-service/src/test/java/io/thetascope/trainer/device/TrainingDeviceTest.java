package io.thetascope.trainer.device;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.EngineException;
import org.junit.jupiter.api.Test;

class TrainingDeviceTest {
    @Test
    void aLibraryThatCannotBeLoadedIsNamedWithTheRemedy() {
        // Given what DJL throws where the CUDA image has no driver
        Throwable failure = new EngineException(
                "Failed to load PyTorch native library",
                new UnsatisfiedLinkError("libcuda.so.1: cannot open shared object file"));

        // Then
        assertThat(TrainingDevice.notLoaded(new DeviceChoice("cuda"), failure))
                .hasMessageContaining("thetascope.trainer.device=cuda")
                .hasMessageContaining("libcuda.so.1")
                .hasMessageContaining("give the process a GPU")
                .hasCause(failure);
    }
}
