/** The numbers of the slides that Thetascope answers to, beside those of a study (MEASURES §5). */
@NullMarked
package io.thetascope.gateway.report.deck;

import org.jspecify.annotations.NullMarked;
