/** SGD with momentum and Adam with PyTorch's arithmetic, in place on flat tensors. */
@NullMarked
package io.thetascope.trainer.optimizer;

import org.jspecify.annotations.NullMarked;
