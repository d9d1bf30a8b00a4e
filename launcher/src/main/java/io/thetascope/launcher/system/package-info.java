/** Broker, object store and services together: what they need, how they are started and stopped. */
@NullMarked
package io.thetascope.launcher.system;

import org.jspecify.annotations.NullMarked;
