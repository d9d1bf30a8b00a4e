/**
 * The worker of a Kafka share group: one job at a time, its lock renewed while it runs, acknowledged when it is done,
 * given up to the dead-letter topic when it fails five times without getting further.
 */
@NullMarked
package io.thetascope.jobqueue;

import org.jspecify.annotations.NullMarked;
