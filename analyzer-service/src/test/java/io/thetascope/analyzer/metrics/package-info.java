@NullMarked
package io.thetascope.analyzer.metrics;

import org.jspecify.annotations.NullMarked;
