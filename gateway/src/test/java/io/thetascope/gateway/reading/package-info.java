@NullMarked
package io.thetascope.gateway.reading;

import org.jspecify.annotations.NullMarked;
