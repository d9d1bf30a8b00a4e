@NullMarked
package io.thetascope.gateway.dataset;

import org.jspecify.annotations.NullMarked;
