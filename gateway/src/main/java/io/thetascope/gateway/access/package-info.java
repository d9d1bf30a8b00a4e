/** Who may do what at the gateway, and what a browser may do with its answers. */
@NullMarked
package io.thetascope.gateway.access;

import org.jspecify.annotations.NullMarked;
