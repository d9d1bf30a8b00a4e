@NullMarked
package io.thetascope.messaging.trace;

import org.jspecify.annotations.NullMarked;
