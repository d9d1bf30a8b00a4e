package io.thetascope.trainer.device;

/** A device was asked for that this process does not have; it must not start. */
public final class DeviceNotThereException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DeviceNotThereException(String message) {
        super(message);
    }

    DeviceNotThereException(String message, Throwable cause) {
        super(message, cause);
    }
}
