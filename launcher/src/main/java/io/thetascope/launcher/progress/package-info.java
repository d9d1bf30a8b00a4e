/** How far a study is, as a person at a terminal or a log file wants to see it. */
@NullMarked
package io.thetascope.launcher.progress;

import org.jspecify.annotations.NullMarked;
