/** Weights that users upload, for networks to start from. */
@NullMarked
package io.thetascope.gateway.pretrained;

import org.jspecify.annotations.NullMarked;
