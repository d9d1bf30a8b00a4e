/** Jobs to results: look, read, measure, store, announce. */
@NullMarked
package io.thetascope.analyzer.measurement;

import org.jspecify.annotations.NullMarked;
