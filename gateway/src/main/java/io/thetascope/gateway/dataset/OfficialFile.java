package io.thetascope.gateway.dataset;

import io.thetascope.contracts.identity.Digest;
import java.net.URI;

/**
 * A file as its makers publish it.
 *
 * @param home where
 * @param sha256 its official checksum
 */
record OfficialFile(URI home, Digest sha256) {

    /** Its name there, which it keeps here. */
    String name() {
        String path = home.getPath();
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
