@NullMarked
package io.thetascope.gateway.report.factors;

import org.jspecify.annotations.NullMarked;
