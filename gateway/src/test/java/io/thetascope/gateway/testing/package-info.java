@NullMarked
package io.thetascope.gateway.testing;

import org.jspecify.annotations.NullMarked;
