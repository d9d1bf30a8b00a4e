@NullMarked
package io.thetascope.gateway.api;

import org.jspecify.annotations.NullMarked;
