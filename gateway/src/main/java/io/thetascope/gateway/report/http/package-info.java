/** The report over HTTP. */
@NullMarked
package io.thetascope.gateway.report.http;

import org.jspecify.annotations.NullMarked;
