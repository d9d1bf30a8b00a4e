@NullMarked
package io.thetascope.gateway.access;

import org.jspecify.annotations.NullMarked;
