@NullMarked
package io.thetascope.gateway.report.markup;

import org.jspecify.annotations.NullMarked;
