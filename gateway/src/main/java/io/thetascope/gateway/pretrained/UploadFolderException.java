package io.thetascope.gateway.pretrained;

import java.io.IOException;
import java.nio.file.Path;

/** The folder for uploads cannot take one, as when its disk is full. */
public final class UploadFolderException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UploadFolderException(Path folder, IOException cause) {
        super(
                "The gateway cannot keep an upload in " + folder.toAbsolutePath()
                        + "; make room there and the folder writable, or set THETASCOPE_CACHE_DIR, then send it again.",
                cause);
    }
}
