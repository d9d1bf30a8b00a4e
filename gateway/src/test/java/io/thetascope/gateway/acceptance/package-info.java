@NullMarked
package io.thetascope.gateway.acceptance;

import org.jspecify.annotations.NullMarked;
