@NullMarked
package io.thetascope.gateway.report.chart;

import org.jspecify.annotations.NullMarked;
