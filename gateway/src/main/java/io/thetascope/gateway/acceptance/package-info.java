/** Accepting and cancelling studies, and keeping their base runs queued. */
@NullMarked
package io.thetascope.gateway.acceptance;

import org.jspecify.annotations.NullMarked;
