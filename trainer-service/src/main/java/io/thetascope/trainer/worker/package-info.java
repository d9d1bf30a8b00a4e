/** The trainer process: configuration, start and stop, health. The only package that knows Quarkus. */
@NullMarked
package io.thetascope.trainer.worker;

import org.jspecify.annotations.NullMarked;
