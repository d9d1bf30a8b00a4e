/** The numerical library and the device it computes on. */
@NullMarked
package io.thetascope.trainer.device;

import org.jspecify.annotations.NullMarked;
