@NullMarked
package io.thetascope.gateway.inquiry;

import org.jspecify.annotations.NullMarked;
