/** The training loop: epochs of steps, figures, checkpoints, and how it ends. */
@NullMarked
package io.thetascope.trainer.training;

import org.jspecify.annotations.NullMarked;
