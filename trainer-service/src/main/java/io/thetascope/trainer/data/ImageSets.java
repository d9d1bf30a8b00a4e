package io.thetascope.trainer.data;

import java.util.Optional;

/**
 * What a run sees.
 *
 * @param train in the file's order
 * @param test in the file's order
 * @param validation the last training images of the file, where some are held back
 */
public record ImageSets(HostImages train, HostImages test, Optional<HostImages> validation) {
    /** Images of a run that holds none back. */
    public ImageSets(HostImages train, HostImages test) {
        this(train, test, Optional.empty());
    }
}
