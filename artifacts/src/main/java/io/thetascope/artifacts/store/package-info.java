/** The object store behind one small interface: any S3, or memory for tests. */
@NullMarked
package io.thetascope.artifacts.store;

import org.jspecify.annotations.NullMarked;
