/** Dense matrices: the product that every comparison of features is made of, and singular values. */
@NullMarked
package io.thetascope.measures.matrix;

import org.jspecify.annotations.NullMarked;
