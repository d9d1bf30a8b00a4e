/** OpenTelemetry where its own context does not reach: over Kafka, through a database row, around a stage of work. */
@NullMarked
package io.thetascope.messaging.trace;

import org.jspecify.annotations.NullMarked;
