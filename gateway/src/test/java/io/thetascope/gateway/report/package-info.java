@NullMarked
package io.thetascope.gateway.report;

import org.jspecify.annotations.NullMarked;
