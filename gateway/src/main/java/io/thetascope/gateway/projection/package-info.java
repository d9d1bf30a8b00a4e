/** From facts to rows, in any order, each once. */
@NullMarked
package io.thetascope.gateway.projection;

import org.jspecify.annotations.NullMarked;
