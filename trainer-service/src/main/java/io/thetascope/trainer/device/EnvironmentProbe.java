package io.thetascope.trainer.device;

import ai.djl.Device;
import ai.djl.engine.Engine;
import io.thetascope.contracts.run.Environment;

/** Says where a run is computed. */
public final class EnvironmentProbe {
    private EnvironmentProbe() {}

    /** Returns the environment of a training on this device with this many threads. */
    public static Environment of(Engine engine, Device device, int threads) {
        return new Environment(
                engine.getVersion(),
                CpuCapability.here(),
                threads,
                device.isGpu() ? GpuModel.here(device.getDeviceId()) : "cpu",
                Engine.getDjlVersion(),
                Runtime.version().toString(),
                System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    }
}
