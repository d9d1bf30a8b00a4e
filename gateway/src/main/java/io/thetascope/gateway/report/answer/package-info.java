/** What a study says of each perturbation, over its seeds. */
@NullMarked
package io.thetascope.gateway.report.answer;

import org.jspecify.annotations.NullMarked;
