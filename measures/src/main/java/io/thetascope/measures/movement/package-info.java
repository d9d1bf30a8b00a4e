/** How far the parameters of a run moved, and which share of them (MEASURES §1 and §2). */
@NullMarked
package io.thetascope.measures.movement;

import org.jspecify.annotations.NullMarked;
