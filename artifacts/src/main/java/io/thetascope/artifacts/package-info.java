/** What lies in the object store: its names, and the helpers that write and read whole objects. */
@NullMarked
package io.thetascope.artifacts;

import org.jspecify.annotations.NullMarked;
