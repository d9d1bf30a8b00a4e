/** A strict, streaming reader and writer of safetensors files. */
@NullMarked
package io.thetascope.artifacts.safetensors;

import org.jspecify.annotations.NullMarked;
