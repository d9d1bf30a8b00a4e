/** What the features of two models have to do with each other (MEASURES §3). */
@NullMarked
package io.thetascope.measures.similarity;

import org.jspecify.annotations.NullMarked;
