/** The contracts on Kafka: CloudEvents headers, publishing and reading events, topics, share groups, dead letters. */
@NullMarked
package io.thetascope.messaging;

import org.jspecify.annotations.NullMarked;
