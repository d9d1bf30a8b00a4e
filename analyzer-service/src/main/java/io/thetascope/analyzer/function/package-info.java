/** What networks compute that no run stored: with recomputed statistics, and between two checkpoints. */
@NullMarked
package io.thetascope.analyzer.function;

import org.jspecify.annotations.NullMarked;
