/** What the analyzer exports about its analyses. */
@NullMarked
package io.thetascope.analyzer.metrics;

import org.jspecify.annotations.NullMarked;
