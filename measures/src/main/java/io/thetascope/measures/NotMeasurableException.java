package io.thetascope.measures;

/** What was given has no such measure, now and later; the message names the thing and the remedy. */
public final class NotMeasurableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says what cannot be measured, why, and what would help. */
    public NotMeasurableException(String message) {
        super(message);
    }
}
