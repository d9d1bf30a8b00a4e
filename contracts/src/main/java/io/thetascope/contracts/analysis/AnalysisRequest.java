package io.thetascope.contracts.analysis;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.thetascope.contracts.identity.AnalysisId;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.json.Json;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One measure over named inputs. The id is computed from it, so it is known when the study is planned; the digests of
 * what was read are in the result.
 *
 * @param kind of measure
 * @param version of the measure's definition; a change of a number's meaning is a new version
 * @param inputs checkpoints by name
 * @param probe the images, for features
 */
public record AnalysisRequest(
        AnalysisKind kind,
        int version,
        List<AnalysisInput> inputs,
        @Nullable ProbeSet probe) {
    public AnalysisRequest {
        if (inputs.isEmpty()) {
            throw new IllegalArgumentException("an analysis reads at least one checkpoint: " + kind);
        }
        inputs = List.copyOf(inputs);
    }

    /** Returns the id that this request's content gives it. */
    @JsonIgnore
    public AnalysisId id() {
        return AnalysisId.ofCanonical(Json.canonical(this));
    }

    /** Returns the input of this name, if the analysis has one. */
    public Optional<AnalysisInput> input(String name) {
        return inputs.stream().filter(i -> i.name().equals(name)).findFirst();
    }

    /** Returns the runs that are read. */
    @JsonIgnore
    public Set<RunId> runs() {
        return inputs.stream().map(AnalysisInput::runId).collect(Collectors.toUnmodifiableSet());
    }
}
