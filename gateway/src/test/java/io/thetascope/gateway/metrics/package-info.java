@NullMarked
package io.thetascope.gateway.metrics;

import org.jspecify.annotations.NullMarked;
