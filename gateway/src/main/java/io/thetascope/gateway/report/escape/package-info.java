/** Sweeps over the size of a perturbation, and where return turns into leaving (MEASURES §5). */
@NullMarked
package io.thetascope.gateway.report.escape;

import org.jspecify.annotations.NullMarked;
