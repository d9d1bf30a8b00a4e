/** The result table of a study, made from its report. */
@NullMarked
package io.thetascope.launcher.table;

import org.jspecify.annotations.NullMarked;
