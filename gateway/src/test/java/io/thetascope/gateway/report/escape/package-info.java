@NullMarked
package io.thetascope.gateway.report.escape;

import org.jspecify.annotations.NullMarked;
