/** What of a run cannot be trusted, and which numbers are withheld for it. */
@NullMarked
package io.thetascope.gateway.damage;

import org.jspecify.annotations.NullMarked;
