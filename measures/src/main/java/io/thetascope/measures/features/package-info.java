/** What the penultimate features of a model have to do with each other, and on which images (MEASURES §3). */
@NullMarked
package io.thetascope.measures.features;

import org.jspecify.annotations.NullMarked;
