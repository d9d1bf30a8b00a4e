/** From a study's spec to every run, analysis and id: pure. */
@NullMarked
package io.thetascope.gateway.planning;

import org.jspecify.annotations.NullMarked;
