/** One run from its job to its result: look first, start, train, store, announce. */
@NullMarked
package io.thetascope.trainer.run;

import org.jspecify.annotations.NullMarked;
