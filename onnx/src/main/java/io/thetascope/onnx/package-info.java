/** A network's description and a checkpoint as an ONNX model whose weights stay in the checkpoint's own file. */
@NullMarked
package io.thetascope.onnx;

import org.jspecify.annotations.NullMarked;
