@NullMarked
package io.thetascope.messaging;

import org.jspecify.annotations.NullMarked;
