package io.thetascope.gateway.pretrained;

/** As many uploads come in already as are taken at once: each fills a file of up to hundreds of megabytes. */
public final class UploadsBusyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UploadsBusyException(int most) {
        super("The gateway takes " + most + " uploads at a time; send it again when one has ended.");
    }
}
