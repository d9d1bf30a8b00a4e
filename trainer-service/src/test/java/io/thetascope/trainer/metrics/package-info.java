@NullMarked
package io.thetascope.trainer.metrics;

import org.jspecify.annotations.NullMarked;
