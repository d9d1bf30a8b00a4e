/** Dead letters: what gave up or could not be read, listed and sent again. */
@NullMarked
package io.thetascope.gateway.deadletter;

import org.jspecify.annotations.NullMarked;
