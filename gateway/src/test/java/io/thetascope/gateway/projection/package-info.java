@NullMarked
package io.thetascope.gateway.projection;

import org.jspecify.annotations.NullMarked;
