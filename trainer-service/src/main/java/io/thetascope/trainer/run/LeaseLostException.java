package io.thetascope.trainer.run;

import io.thetascope.contracts.identity.RunId;

/** The job became somebody else's while it was worked on; this worker stores and announces nothing more. */
final class LeaseLostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LeaseLostException(RunId run, String why) {
        super("run " + run + ": " + why);
    }
}
