@NullMarked
package io.thetascope.perturbation.retraining;

import org.jspecify.annotations.NullMarked;
