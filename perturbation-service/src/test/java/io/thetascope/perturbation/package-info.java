@NullMarked
package io.thetascope.perturbation;

import org.jspecify.annotations.NullMarked;
