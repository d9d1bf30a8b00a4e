package io.thetascope.analyzer.measurement;

import io.thetascope.contracts.analysis.InputRead;
import io.thetascope.contracts.run.ArtifactRef;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was measured.
 *
 * @param result the record that belongs to the kind of analysis
 * @param tensors what is too large for an event, stored already
 * @param read from what
 */
record Measurement(Object result, @Nullable ArtifactRef tensors, List<InputRead> read) {
    Measurement {
        read = List.copyOf(read);
    }
}
