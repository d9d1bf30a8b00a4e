/** The audit of a trajectory: what lies in the store now, whatever it is. */
@NullMarked
package io.thetascope.analyzer.integrity;

import org.jspecify.annotations.NullMarked;
