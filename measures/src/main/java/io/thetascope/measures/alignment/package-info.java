/** How far two models are apart once the symmetries of their network are taken out (MEASURES §6). */
@NullMarked
package io.thetascope.measures.alignment;

import org.jspecify.annotations.NullMarked;
