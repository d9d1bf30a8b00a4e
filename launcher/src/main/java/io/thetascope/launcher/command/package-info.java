/** The commands of {@code thetascope}. */
@NullMarked
package io.thetascope.launcher.command;

import org.jspecify.annotations.NullMarked;
