/** The {@code thetascope} command. */
@NullMarked
package io.thetascope.launcher;

import org.jspecify.annotations.NullMarked;
