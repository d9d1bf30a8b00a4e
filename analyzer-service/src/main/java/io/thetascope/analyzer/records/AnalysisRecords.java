package io.thetascope.analyzer.records;

import io.thetascope.artifacts.ArtifactKeys;
import io.thetascope.artifacts.JsonObjects;
import io.thetascope.artifacts.store.DamagedObjectException;
import io.thetascope.artifacts.store.ObjectStore;
import io.thetascope.contracts.analysis.AnalysisOutcome;
import io.thetascope.contracts.analysis.AnalysisRequest;
import io.thetascope.contracts.analysis.InputRead;
import io.thetascope.contracts.event.AnalysisCompleted;
import io.thetascope.contracts.identity.AnalysisId;
import io.thetascope.contracts.run.ArtifactRef;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The results of analyses in the store. Only measured ones are kept: what was refused may become possible. */
public final class AnalysisRecords {
    private static final Logger LOG = LoggerFactory.getLogger(AnalysisRecords.class);

    private final ObjectStore store;
    private final JsonObjects objects;

    /** Reads and writes in this store. */
    public AnalysisRecords(ObjectStore store) {
        this.store = store;
        this.objects = new JsonObjects(store);
    }

    /** Stores a result; its tensors, if any, are stored already. */
    public void store(AnalysisCompleted measured) {
        objects.write(ArtifactKeys.analysis(measured.analysisId()), measured);
    }

    /**
     * Finds the result of an analysis, if it was measured from the checkpoints that count now.
     *
     * @param request what was asked for
     * @param inputs where its checkpoints are
     */
    public Optional<AnalysisCompleted> find(AnalysisRequest request, Map<String, Whereabouts.Stored> inputs) {
        return read(request.id())
                .filter(found -> found.outcome() == AnalysisOutcome.MEASURED
                        && found.request().equals(request)
                        && found.read().size() == inputs.size()
                        && found.read().stream().allMatch(read -> current(read, inputs))
                        && there(found.artifact()));
    }

    private Optional<AnalysisCompleted> read(AnalysisId id) {
        try {
            return objects.read(ArtifactKeys.analysis(id), AnalysisCompleted.class);
        } catch (DamagedObjectException e) {
            LOG.warn("analysis result damaged, measuring again analysis={}", id, e);
            return Optional.empty();
        }
    }

    private static boolean current(InputRead read, Map<String, Whereabouts.Stored> inputs) {
        Whereabouts.Stored stored = inputs.get(read.name());
        return stored != null && stored.holds(read.sha256());
    }

    private boolean there(@Nullable ArtifactRef tensors) {
        return tensors == null
                || store.stat(tensors.key())
                        .filter(s -> s.bytes() == tensors.bytes())
                        .isPresent();
    }
}
