@NullMarked
package io.thetascope.perturbation.metrics;

import org.jspecify.annotations.NullMarked;
