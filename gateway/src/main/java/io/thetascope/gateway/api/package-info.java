/** The HTTP API (DESIGN §6). */
@NullMarked
package io.thetascope.gateway.api;

import org.jspecify.annotations.NullMarked;
