@NullMarked
package io.thetascope.gateway.pretrained;

import org.jspecify.annotations.NullMarked;
