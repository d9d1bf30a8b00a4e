/** The perturbation service's edge: configuration, connections, the consumer of facts, health. */
@NullMarked
package io.thetascope.perturbation;

import org.jspecify.annotations.NullMarked;
