/** The report as one self-contained page that opens offline and prints. */
@NullMarked
package io.thetascope.gateway.report.page;

import org.jspecify.annotations.NullMarked;
