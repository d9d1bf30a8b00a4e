package io.thetascope.trainer.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.management.MemoryUsage;
import org.junit.jupiter.api.Test;

class GpuMemoryTest {
    @Test
    void exportsWhatTheDriverSaysAtEveryLook() {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        long[] used = {10};
        GpuMemory.export(meters, () -> new MemoryUsage(-1, used[0], used[0], 80));
        used[0] = 20;
        assertThat(meters.get("thetascope.trainer.gpu.memory.used").gauge().value())
                .isEqualTo(20);
        assertThat(meters.get("thetascope.trainer.gpu.memory.capacity").gauge().value())
                .isEqualTo(80);
    }
}
