@NullMarked
package io.thetascope.gateway.report.page;

import org.jspecify.annotations.NullMarked;
