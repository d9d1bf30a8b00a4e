package io.thetascope.analyzer.measurement;

import io.thetascope.analyzer.cache.CachedFile;
import io.thetascope.analyzer.cache.FileCache;
import io.thetascope.analyzer.records.Whereabouts;
import io.thetascope.contracts.analysis.AnalysisInput;
import io.thetascope.contracts.analysis.AnalysisRequest;
import io.thetascope.contracts.analysis.InputRead;
import io.thetascope.measures.Evidence;
import io.thetascope.measures.NotMeasurableException;
import io.thetascope.measures.Weights;
import io.thetascope.networks.NetworkDescription;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The checkpoints that one analysis reads, and the evidence of a movement, verified and open; one that is named twice is
 * opened once. Caller closes it.
 */
final class OpenInputs implements AutoCloseable {
    private final AnalysisRequest request;
    private final Map<String, OpenCheckpoint> byKey = new LinkedHashMap<>();
    private final Map<String, OpenCheckpoint> byName = new HashMap<>();
    private final Map<OpenCheckpoint, Weights> weights = new HashMap<>();
    private @Nullable OpenEvidence evidence;

    private OpenInputs(AnalysisRequest request) {
        this.request = request;
    }

    /**
     * Brings and opens the checkpoints.
     *
     * @throws NotMeasurableException when the bytes of one are not what was announced
     */
    static OpenInputs open(AnalysisRequest request, Map<String, Whereabouts.Stored> places, FileCache cache) {
        OpenInputs inputs = new OpenInputs(request);
        try {
            for (AnalysisInput input : request.inputs()) {
                Whereabouts.Stored place = places.get(input.name());
                if (place == null) {
                    throw new IllegalArgumentException("nobody looked for " + input);
                }
                inputs.open(input, place, cache);
            }
            Whereabouts.Stored kept = places.get(InputRead.EVIDENCE);
            if (kept != null) {
                inputs.openEvidence(kept, cache);
            }
            return inputs;
        } catch (RuntimeException e) {
            inputs.close();
            throw e;
        }
    }

    private void open(AnalysisInput input, Whereabouts.Stored place, FileCache cache) {
        OpenCheckpoint checkpoint = byKey.get(place.key());
        if (checkpoint == null) {
            CachedFile file = cache.fetch(place.key(), place::holds);
            checkpoint = OpenCheckpoint.open(input.runId() + "@" + input.step(), file);
            byKey.put(place.key(), checkpoint);
        }
        byName.put(input.name(), checkpoint);
    }

    private void openEvidence(Whereabouts.Stored place, FileCache cache) {
        AnalysisInput to = request.input(AnalysisInput.TO)
                .orElseThrow(() -> new IllegalArgumentException("evidence belongs to a movement: " + request));
        evidence = OpenEvidence.open(to, cache.fetch(place.key(), place::holds));
    }

    /** Returns the evidence of the checkpoint that a movement leads to, where the run kept such. */
    Optional<Evidence> evidence(NetworkDescription network) {
        return Optional.ofNullable(evidence).map(open -> open.bits(network));
    }

    /** Returns the checkpoint of this name in the request. */
    OpenCheckpoint get(String name) {
        return find(name)
                .orElseThrow(() -> new NotMeasurableException(request.kind() + " reads a checkpoint named " + name
                        + ", the request has none; ask again with one"));
    }

    private Optional<OpenCheckpoint> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** Returns the parameters of the checkpoint of this name, the same object for the same checkpoint. */
    Weights weights(String name, NetworkDescription network) {
        return weights.computeIfAbsent(get(name), checkpoint -> checkpoint.weights(network));
    }

    /** Returns the parameters of a checkpoint that the request may lack. */
    Optional<Weights> findWeights(String name, NetworkDescription network) {
        return find(name).map(checkpoint -> weights(name, network));
    }

    /** Returns what was read, in the order of the request; the evidence last. */
    List<InputRead> read() {
        Stream<InputRead> checkpoints = request.inputs().stream()
                .map(i -> new InputRead(
                        i.name(), i.runId(), i.step(), get(i.name()).file().digest()));
        return Stream.concat(checkpoints, Stream.ofNullable(evidence).map(OpenEvidence::read))
                .toList();
    }

    @Override
    public void close() {
        byKey.values().forEach(OpenCheckpoint::close);
        if (evidence != null) {
            evidence.close();
        }
    }
}
