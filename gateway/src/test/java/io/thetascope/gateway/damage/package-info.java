@NullMarked
package io.thetascope.gateway.damage;

import org.jspecify.annotations.NullMarked;
