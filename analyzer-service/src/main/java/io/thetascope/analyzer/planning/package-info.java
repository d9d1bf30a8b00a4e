/** Facts to jobs: what has become possible, what cannot happen any more. */
@NullMarked
package io.thetascope.analyzer.planning;

import org.jspecify.annotations.NullMarked;
