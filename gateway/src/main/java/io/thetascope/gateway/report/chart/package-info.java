/** Charts as inline SVG, drawn on the server: no script, no library, readable in print and in the dark. */
@NullMarked
package io.thetascope.gateway.report.chart;

import org.jspecify.annotations.NullMarked;
