/** Measures that are asked for after a run ended, over its stored checkpoints: nothing is trained again. */
@NullMarked
package io.thetascope.gateway.inquiry;

import org.jspecify.annotations.NullMarked;
