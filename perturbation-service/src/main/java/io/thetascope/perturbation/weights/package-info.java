/** What becomes of a parent's weights at the start of a generation-1 run. */
@NullMarked
package io.thetascope.perturbation.weights;

import org.jspecify.annotations.NullMarked;
