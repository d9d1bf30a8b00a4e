/** What the perturbation service exports about the models that it writes. */
@NullMarked
package io.thetascope.perturbation.metrics;

import org.jspecify.annotations.NullMarked;
