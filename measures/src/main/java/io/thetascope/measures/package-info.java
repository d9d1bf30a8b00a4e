/** The pure numerics: arrays in, records out; no clock, no I/O, no hidden randomness. Sums are kept in double. */
@NullMarked
package io.thetascope.measures;

import org.jspecify.annotations.NullMarked;
