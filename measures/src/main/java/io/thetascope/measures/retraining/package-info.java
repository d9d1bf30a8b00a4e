/** The way of a retraining, from where it was put to where it ended (MEASURES §5). */
@NullMarked
package io.thetascope.measures.retraining;

import org.jspecify.annotations.NullMarked;
