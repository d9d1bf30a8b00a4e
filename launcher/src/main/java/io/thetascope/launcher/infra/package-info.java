/** The broker and the object store that run inside the launcher's process, so that Thetascope needs no Docker. */
@NullMarked
package io.thetascope.launcher.infra;

import org.jspecify.annotations.NullMarked;
