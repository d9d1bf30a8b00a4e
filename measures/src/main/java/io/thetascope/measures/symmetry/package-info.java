/** What the symmetries of a network say that a perturbation does to its function (MEASURES §5). */
@NullMarked
package io.thetascope.measures.symmetry;

import org.jspecify.annotations.NullMarked;
