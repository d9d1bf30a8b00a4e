/** In which order a run learned, and whether two runs agree (MEASURES §4). */
@NullMarked
package io.thetascope.measures.order;

import org.jspecify.annotations.NullMarked;
