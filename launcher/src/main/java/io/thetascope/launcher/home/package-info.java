/** The folder that keeps everything of one installation, and the note in it that says what runs there. */
@NullMarked
package io.thetascope.launcher.home;

import org.jspecify.annotations.NullMarked;
