package io.thetascope.trainer.metrics;

import ai.djl.Device;
import ai.djl.util.cuda.CudaUtils;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.lang.management.MemoryUsage;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** The memory of a GPU, as its driver counts it: of the whole device, whichever process uses it. */
final class GpuMemory {
    private GpuMemory() {}

    /** Exports the memory of a GPU; nothing for another device. */
    static void export(MeterRegistry meters, Device device) {
        if (device.isGpu()) {
            export(meters, () -> CudaUtils.getGpuMemory(device));
        }
    }

    static void export(MeterRegistry meters, Supplier<MemoryUsage> memory) {
        gauge(meters, "used", memory, MemoryUsage::getUsed, "taken, by all processes");
        gauge(meters, "capacity", memory, MemoryUsage::getMax, "that the GPU has");
    }

    private static void gauge(
            MeterRegistry meters,
            String what,
            Supplier<MemoryUsage> memory,
            ToDoubleFunction<MemoryUsage> value,
            String description) {
        Gauge.builder("thetascope.trainer.gpu.memory." + what, () -> value.applyAsDouble(memory.get()))
                .description("memory of the GPU " + description)
                .baseUnit("bytes")
                .register(meters);
    }
}
