package io.thetascope.analyzer.measurement;

import io.thetascope.analyzer.cache.FileCache;
import io.thetascope.analyzer.records.Whereabouts;
import io.thetascope.contracts.analysis.AnalysisInput;
import io.thetascope.contracts.analysis.AnalysisRequest;
import io.thetascope.contracts.analysis.InputRead;
import io.thetascope.contracts.identity.Digest;
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
 * The checkpoints that one analysis reads, and the evidence of a movement: brought, verified and opened when they are first
 * asked for; one that is named twice is opened once. Caller closes it.
 */
final class OpenInputs implements AutoCloseable {
    private final AnalysisRequest request;
    private final Map<String, Whereabouts.Stored> places;
    private final FileCache cache;
    private final Map<String, OpenCheckpoint> byKey = new LinkedHashMap<>();
    private final Map<OpenCheckpoint, Weights> weights = new HashMap<>();
    private final Map<String, Digest> digests = new HashMap<>();
    private @Nullable OpenEvidence evidence;

    /**
     * Reads nothing yet.
     *
     * @param request what is measured
     * @param places where its inputs are, by their names
     * @param cache brings them
     */
    OpenInputs(AnalysisRequest request, Map<String, Whereabouts.Stored> places, FileCache cache) {
        this.request = request;
        this.places = Map.copyOf(places);
        this.cache = cache;
    }

    /** Returns the input of this name, which the request must have. */
    AnalysisInput input(String name) {
        return request.input(name)
                .orElseThrow(() -> new NotMeasurableException(request.kind() + " reads a checkpoint named " + name
                        + ", the request has none; ask again with one"));
    }

    /** Returns where the checkpoint of this name is. */
    Whereabouts.Stored place(String name) {
        Whereabouts.Stored place = places.get(name);
        if (place == null) {
            throw new IllegalArgumentException("nobody looked for " + input(name));
        }
        return place;
    }

    /**
     * Returns the checkpoint of this name in the request.
     *
     * @throws NotMeasurableException when its bytes are not what was announced, or it is another checkpoint
     */
    OpenCheckpoint get(String name) {
        AnalysisInput input = input(name);
        String key = place(name).key();
        OpenCheckpoint known = byKey.get(key);
        if (known == null) {
            known = OpenCheckpoint.open(input, cache.fetch(key, place(name)::holds));
            byKey.put(key, known);
        }
        digests.put(name, known.file().digest());
        return known;
    }

    /** Closes the checkpoint of this name; asked for again, it is opened again. */
    void release(String name) {
        OpenCheckpoint open = byKey.remove(place(name).key());
        if (open != null) {
            weights.remove(open);
            open.close();
        }
    }

    /** Notes that what was measured earlier from the checkpoint of this name is read in its place. */
    void readThrough(String name, Digest checkpoint) {
        digests.put(name, checkpoint);
    }

    /** Returns the parameters of the checkpoint of this name, the same object for the same checkpoint. */
    Weights weights(String name, NetworkDescription network) {
        return weights.computeIfAbsent(get(name), checkpoint -> checkpoint.weights(network));
    }

    /** Returns the parameters of a checkpoint that the request may lack. */
    Optional<Weights> findWeights(String name, NetworkDescription network) {
        return request.input(name).map(input -> weights(name, network));
    }

    /** Returns the evidence of the checkpoint that a movement leads to, where the run kept such. */
    Optional<Evidence> evidence(NetworkDescription network) {
        Whereabouts.Stored kept = places.get(InputRead.EVIDENCE);
        if (kept != null && evidence == null) {
            evidence = OpenEvidence.open(input(AnalysisInput.TO), cache.fetch(kept.key(), kept::holds));
        }
        return Optional.ofNullable(evidence).map(open -> open.bits(network));
    }

    /** Returns what was read, in the order of the request; the evidence last. What nobody read yet is verified now. */
    List<InputRead> read() {
        Stream<InputRead> checkpoints =
                request.inputs().stream().map(i -> new InputRead(i.name(), i.runId(), i.step(), digest(i.name())));
        return Stream.concat(checkpoints, Stream.ofNullable(evidence).map(OpenEvidence::read))
                .toList();
    }

    private Digest digest(String name) {
        Digest known = digests.get(name);
        return known != null ? known : get(name).file().digest();
    }

    @Override
    public void close() {
        byKey.values().forEach(OpenCheckpoint::close);
        if (evidence != null) {
            evidence.close();
        }
        cache.settle();
    }
}
