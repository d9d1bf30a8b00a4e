/** Well-formed, escaped markup, and numbers as a reader wants them. */
@NullMarked
package io.thetascope.gateway.report.markup;

import org.jspecify.annotations.NullMarked;
