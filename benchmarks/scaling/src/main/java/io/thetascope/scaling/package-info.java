/** What a large deployment would do, computed event by event; times in seconds. */
@NullMarked
package io.thetascope.scaling;

import org.jspecify.annotations.NullMarked;
