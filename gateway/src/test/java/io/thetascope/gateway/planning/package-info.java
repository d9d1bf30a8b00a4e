@NullMarked
package io.thetascope.gateway.planning;

import org.jspecify.annotations.NullMarked;
