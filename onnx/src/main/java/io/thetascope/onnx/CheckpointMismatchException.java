package io.thetascope.onnx;

import java.io.Serial;

/** A checkpoint does not hold what its network needs. Permanent: trying again does not help. */
public final class CheckpointMismatchException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    CheckpointMismatchException(String message) {
        super(message);
    }
}
