/** What a network is shown: how the pixels of a data set are normalised. */
@NullMarked
package io.thetascope.networks.input;

import org.jspecify.annotations.NullMarked;
