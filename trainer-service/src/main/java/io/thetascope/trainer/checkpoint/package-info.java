/** Weights as files: written from the device, read back onto it. */
@NullMarked
package io.thetascope.trainer.checkpoint;

import org.jspecify.annotations.NullMarked;
