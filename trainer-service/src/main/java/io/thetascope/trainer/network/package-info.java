/** A network description executed with libtorch: its weights on the device and its forward pass. */
@NullMarked
package io.thetascope.trainer.network;

import org.jspecify.annotations.NullMarked;
