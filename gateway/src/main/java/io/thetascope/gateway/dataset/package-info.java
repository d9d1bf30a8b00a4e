/** Finding the images of a data set and putting them into the store in one form. */
@NullMarked
package io.thetascope.gateway.dataset;

import org.jspecify.annotations.NullMarked;
