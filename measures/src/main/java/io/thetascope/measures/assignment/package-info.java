/** Who belongs to whom: the assignment of two sets that makes a sum largest. */
@NullMarked
package io.thetascope.measures.assignment;

import org.jspecify.annotations.NullMarked;
