/** Whether a run only trained the linearisation of its network (MEASURES §7). */
@NullMarked
package io.thetascope.measures.laziness;

import org.jspecify.annotations.NullMarked;
