/** What a trainer exports about its trainings and its device. */
@NullMarked
package io.thetascope.trainer.metrics;

import org.jspecify.annotations.NullMarked;
