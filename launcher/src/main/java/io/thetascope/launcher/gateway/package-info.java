/** The calls of the gateway's HTTP API that the command line makes. */
@NullMarked
package io.thetascope.launcher.gateway;

import org.jspecify.annotations.NullMarked;
