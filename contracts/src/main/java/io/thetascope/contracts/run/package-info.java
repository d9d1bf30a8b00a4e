/** What a run is, fully resolved, and what it leaves behind. */
@NullMarked
package io.thetascope.contracts.run;

import org.jspecify.annotations.NullMarked;
