/** Images and labels: cached from the object store, held on the device, in the order of an epoch. */
@NullMarked
package io.thetascope.trainer.data;

import org.jspecify.annotations.NullMarked;
