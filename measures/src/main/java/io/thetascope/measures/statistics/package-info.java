/** What numbers of several seeds say together (MEASURES §9). */
@NullMarked
package io.thetascope.measures.statistics;

import org.jspecify.annotations.NullMarked;
