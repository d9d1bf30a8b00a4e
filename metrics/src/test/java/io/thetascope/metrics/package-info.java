@NullMarked
package io.thetascope.metrics;

import org.jspecify.annotations.NullMarked;
