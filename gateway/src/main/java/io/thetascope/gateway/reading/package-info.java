/** What is known about studies, runs and analyses. */
@NullMarked
package io.thetascope.gateway.reading;

import org.jspecify.annotations.NullMarked;
