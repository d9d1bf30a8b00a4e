package io.thetascope.trainer.device;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.StandardCapabilities;

/**
 * Which device was asked for.
 *
 * @param asked auto, cpu, cuda or cuda:N
 */
public record DeviceChoice(String asked) {
    public DeviceChoice {
        if (!asked.matches("auto|cpu|cuda(:\\d{1,3})?")) {
            throw new IllegalArgumentException("thetascope.trainer.device must be auto, cpu or cuda:N: " + asked);
        }
    }

    /**
     * Returns the device.
     *
     * @throws DeviceNotThereException when a GPU was asked for and is not given: training on the CPU instead would take days
     *     before anyone noticed
     */
    public Device resolve(Engine engine) {
        return resolve(engine.hasCapability(StandardCapabilities.CUDA), engine.getGpuCount());
    }

    Device resolve(boolean libraryHasCuda, int gpus) {
        if (asked.equals("cpu") || (asked.equals("auto") && !(libraryHasCuda && gpus > 0))) {
            return Device.cpu();
        }
        int wanted = asked.contains(":") ? Integer.parseInt(asked.substring(asked.indexOf(':') + 1)) : 0;
        if (!libraryHasCuda) {
            throw new DeviceNotThereException("thetascope.trainer.device=" + asked
                    + ", but libtorch has no CUDA here; take the image for CUDA and give the process a GPU, or set the"
                    + " device to cpu");
        }
        if (wanted >= gpus) {
            throw new DeviceNotThereException("thetascope.trainer.device=" + asked + ", but this machine shows " + gpus
                    + " GPUs; give the process a GPU or set the device to cpu");
        }
        return Device.gpu(wanted);
    }
}
