package io.thetascope.gateway.dataset;

/** A file is not what a data set's file must be; the message names it and says why. */
final class MalformedDatasetException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedDatasetException(String file, String reason) {
        super(file + ": " + reason);
    }
}
