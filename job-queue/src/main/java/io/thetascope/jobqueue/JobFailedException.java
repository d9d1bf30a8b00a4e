package io.thetascope.jobqueue;

/** A failure that is known by its recorded text alone: it happened in another attempt, perhaps in another process. */
final class JobFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    JobFailedException(String error) {
        super(error, null, false, false);
    }
}
