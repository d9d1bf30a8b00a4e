/** Tests of the analyzer on a small world: LeNet, three checkpoints a run, thirty test images. */
@NullMarked
package io.thetascope.analyzer;

import org.jspecify.annotations.NullMarked;
