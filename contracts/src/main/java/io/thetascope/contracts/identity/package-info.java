/** Ids computed from content, and the small values that name a place in a run. */
@NullMarked
package io.thetascope.contracts.identity;

import org.jspecify.annotations.NullMarked;
