/** Facts and commands that cross a topic, their topics and their CloudEvents attributes. */
@NullMarked
package io.thetascope.contracts.event;

import org.jspecify.annotations.NullMarked;
