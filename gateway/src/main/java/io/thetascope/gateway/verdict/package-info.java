/** The claims of the deck as rules over any study, and what a study says to each (MEASURES §9). */
@NullMarked
package io.thetascope.gateway.verdict;

import org.jspecify.annotations.NullMarked;
