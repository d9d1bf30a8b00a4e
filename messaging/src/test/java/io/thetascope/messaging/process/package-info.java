@NullMarked
package io.thetascope.messaging.process;

import org.jspecify.annotations.NullMarked;
