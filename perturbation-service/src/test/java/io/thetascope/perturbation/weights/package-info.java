@NullMarked
package io.thetascope.perturbation.weights;

import org.jspecify.annotations.NullMarked;
