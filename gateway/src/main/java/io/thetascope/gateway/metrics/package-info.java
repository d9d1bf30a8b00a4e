/** What the gateway exports: the read model, the outbox, and how far everybody is behind on Kafka. */
@NullMarked
package io.thetascope.gateway.metrics;

import org.jspecify.annotations.NullMarked;
