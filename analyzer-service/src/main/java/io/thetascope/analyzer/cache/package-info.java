/** Verified files of the store on the local disk. */
@NullMarked
package io.thetascope.analyzer.cache;

import org.jspecify.annotations.NullMarked;
