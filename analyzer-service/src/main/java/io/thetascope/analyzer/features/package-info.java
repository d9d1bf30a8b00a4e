/** Penultimate features on the probe set, by ONNX Runtime over the checkpoint file itself. */
@NullMarked
package io.thetascope.analyzer.features;

import org.jspecify.annotations.NullMarked;
