/** Configuration, and the wiring at the edge. */
@NullMarked
package io.thetascope.gateway.settings;

import org.jspecify.annotations.NullMarked;
