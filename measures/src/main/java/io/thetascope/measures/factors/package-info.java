/** What share of the variance of a measure is due to each factor of a study (MEASURES §9). */
@NullMarked
package io.thetascope.measures.factors;

import org.jspecify.annotations.NullMarked;
