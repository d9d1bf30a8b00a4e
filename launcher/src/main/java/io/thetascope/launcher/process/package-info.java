/** Child processes that are watched, started again when they die, and gone when the launcher is. */
@NullMarked
package io.thetascope.launcher.process;

import org.jspecify.annotations.NullMarked;
