package io.thetascope.analyzer.measurement;

import io.thetascope.contracts.run.ArtifactRef;
import org.jspecify.annotations.Nullable;

/**
 * What was measured.
 *
 * @param result the record that belongs to the kind of analysis
 * @param tensors what is too large for an event, stored already
 */
record Measurement(Object result, @Nullable ArtifactRef tensors) {}
