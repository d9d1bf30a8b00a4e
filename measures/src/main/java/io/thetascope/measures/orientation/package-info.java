/** The sign that a BatchNorm leaves free: a filter and its γ may be negated together (MEASURES §6). */
@NullMarked
package io.thetascope.measures.orientation;

import org.jspecify.annotations.NullMarked;
