/** Two models against each other, and the triangle of perturbing and retraining (MEASURES §5). */
@NullMarked
package io.thetascope.measures.comparison;

import org.jspecify.annotations.NullMarked;
