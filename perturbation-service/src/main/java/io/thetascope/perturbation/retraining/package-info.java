/** Which generation-1 runs have become possible, or impossible, and what is done about it. */
@NullMarked
package io.thetascope.perturbation.retraining;

import org.jspecify.annotations.NullMarked;
