package io.thetascope.trainer.device;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import io.thetascope.contracts.run.Environment;
import org.jspecify.annotations.Nullable;

/**
 * Where this process trains.
 *
 * @param engine loaded
 * @param device resolved
 */
public record TrainingDevice(Engine engine, Device device) {
    private static final String TF32_OVERRIDE = "NVIDIA_TF32_OVERRIDE";

    /**
     * Loads the library and finds the device that was asked for.
     *
     * @throws DeviceNotThereException when it is not given, would not compute in single precision, or the library cannot be
     *     loaded, as its build for CUDA cannot where there is no driver
     */
    public static TrainingDevice open(DeviceChoice choice) {
        Engine engine = load(choice);
        Device device = choice.resolve(engine);
        if (device.isGpu()) {
            requireSinglePrecision(System.getenv(TF32_OVERRIDE));
        }
        return new TrainingDevice(engine, device);
    }

    private static Engine load(DeviceChoice choice) {
        try {
            return TorchEngine.withThreads(1);
        } catch (EngineException | LinkageError e) {
            throw notLoaded(choice, e);
        }
    }

    /** The library's own words, from the end of the chain, name the file that is missing. */
    static DeviceNotThereException notLoaded(DeviceChoice choice, Throwable failure) {
        Throwable reason = failure;
        while (reason.getCause() != null) {
            reason = reason.getCause();
        }
        return new DeviceNotThereException(
                "thetascope.trainer.device=" + choice.asked() + ", but libtorch cannot be loaded: "
                        + reason.getMessage() + "; its build for CUDA needs an NVIDIA driver: give the process a GPU or"
                        + " take the image for the CPU",
                failure);
    }

    /** libtorch lets convolutions on a GPU round to 10 bits unless this is set, and DJL cannot say otherwise. */
    static void requireSinglePrecision(@Nullable String override) {
        if (!"0".equals(override)) {
            throw new DeviceNotThereException("on a GPU the environment variable " + TF32_OVERRIDE
                    + " must be 0, or convolutions are not computed in single precision; it is "
                    + (override == null ? "not set" : override));
        }
    }

    /** Holds the library to so many threads from now on and says where it computes. */
    public Environment withThreads(int threads) {
        return EnvironmentProbe.of(TorchEngine.withThreads(threads), device, threads);
    }

    /** Returns a fresh owner of native memory on the device; the caller closes it. */
    public NDManager memory() {
        return engine.newBaseManager(device);
    }
}
