/** How stored images become what a network sees: padded, normalised, grey replicated. */
@NullMarked
package io.thetascope.measures.images;

import org.jspecify.annotations.NullMarked;
