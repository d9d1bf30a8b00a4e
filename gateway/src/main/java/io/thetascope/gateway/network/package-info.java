/** What the description of a network says, for users. */
@NullMarked
package io.thetascope.gateway.network;

import org.jspecify.annotations.NullMarked;
