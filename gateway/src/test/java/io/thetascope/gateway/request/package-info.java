@NullMarked
package io.thetascope.gateway.request;

import org.jspecify.annotations.NullMarked;
