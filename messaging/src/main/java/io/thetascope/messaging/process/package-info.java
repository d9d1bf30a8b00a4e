/** What a service needs to leave together with the process that started it. */
@NullMarked
package io.thetascope.messaging.process;

import org.jspecify.annotations.NullMarked;
