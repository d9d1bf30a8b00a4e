@NullMarked
package io.thetascope.gateway.network;

import org.jspecify.annotations.NullMarked;
