/** Events that are stored with what they announce, and published after. */
@NullMarked
package io.thetascope.gateway.outbox;

import org.jspecify.annotations.NullMarked;
