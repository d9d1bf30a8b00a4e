package io.thetascope.launcher.system;

import io.thetascope.launcher.process.ChildSpec;
import java.net.URI;

/**
 * One service as a child process.
 *
 * @param spec how it is started
 * @param url where it answers
 */
record ServiceProcess(ChildSpec spec, URI url) {
    String name() {
        return spec.name();
    }
}
