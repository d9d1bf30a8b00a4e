package io.thetascope.trainer.device;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import io.thetascope.contracts.run.Environment;

/**
 * Where this process trains.
 *
 * @param engine loaded
 * @param device resolved
 */
public record TrainingDevice(Engine engine, Device device) {

    /**
     * Loads the library and finds the device that was asked for.
     *
     * @throws DeviceNotThereException when it is not given
     */
    public static TrainingDevice open(DeviceChoice choice) {
        Engine engine = TorchEngine.withThreads(1);
        return new TrainingDevice(engine, choice.resolve(engine));
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
