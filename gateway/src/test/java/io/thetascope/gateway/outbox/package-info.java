@NullMarked
package io.thetascope.gateway.outbox;

import org.jspecify.annotations.NullMarked;
