package io.thetascope.gateway.acceptance;

import io.thetascope.artifacts.ArtifactKeys;
import io.thetascope.artifacts.JobOwner;
import io.thetascope.artifacts.JsonObjects;
import io.thetascope.artifacts.safetensors.MalformedSafetensorsException;
import io.thetascope.artifacts.safetensors.SafetensorsHeader;
import io.thetascope.artifacts.safetensors.TensorEntry;
import io.thetascope.artifacts.store.MissingObjectException;
import io.thetascope.artifacts.store.ObjectStore;
import io.thetascope.contracts.identity.Digest;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.identity.StudyId;
import io.thetascope.contracts.json.Json;
import io.thetascope.contracts.run.RunResult;
import io.thetascope.contracts.run.RunSpec;
import io.thetascope.contracts.study.AcceptedStudy;
import io.thetascope.contracts.study.PlannedRun;
import io.thetascope.contracts.study.UploadedWeights;
import io.thetascope.gateway.projection.AcceptedStudies;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the gateway keeps in the object store: studies, specs, which study wants which run, and uploaded weights. */
public final class StudyFiles implements AcceptedStudies {
    private final ObjectStore store;
    private final JsonObjects json;

    /** Keeps them here. */
    public StudyFiles(ObjectStore store) {
        this.store = store;
        this.json = new JsonObjects(store);
    }

    /** Writes a study with all its runs' specs, then that it wants them. Doing it twice is doing it once. */
    void write(AcceptedStudy study) {
        for (PlannedRun run : study.runs()) {
            if (store.stat(ArtifactKeys.spec(run.runId())).isEmpty()) {
                json.write(ArtifactKeys.spec(run.runId()), run.spec());
            }
        }
        json.write(ArtifactKeys.study(study.studyId()), study);
        mark(study.studyId(), study.runs().stream().map(PlannedRun::runId).toList());
    }

    /** Notes that a study wants these runs, its first one last: where that is marked, all are. */
    void mark(StudyId study, List<RunId> runs) {
        byte[] mark = Json.bytes(Map.of("studyId", study));
        for (int i = runs.size() - 1; i >= 0; i--) {
            store.put(ArtifactKeys.wantedBy(runs.get(i), study), mark);
        }
    }

    /** Whether it is noted that a study wants all these runs. */
    boolean isMarked(StudyId study, List<RunId> runs) {
        return runs.isEmpty()
                || store.stat(ArtifactKeys.wantedBy(runs.get(0), study)).isPresent();
    }

    /** Takes back that a study wants these runs, its first one first: see {@link #mark}. */
    void release(StudyId study, List<RunId> runs) {
        runs.forEach(run -> store.delete(ArtifactKeys.wantedBy(run, study)));
    }

    /** Returns the studies that want a run. */
    List<StudyId> wanting(RunId run) {
        String prefix = ArtifactKeys.wantedBy(run);
        return store.list(prefix).stream()
                .map(key -> new StudyId(key.substring(prefix.length())))
                .toList();
    }

    @Override
    public Optional<AcceptedStudy> read(StudyId id) {
        return json.read(ArtifactKeys.study(id), AcceptedStudy.class);
    }

    /** Reads a run's spec. */
    Optional<RunSpec> spec(RunId run) {
        return json.read(ArtifactKeys.spec(run), RunSpec.class);
    }

    /** Reads which weights were uploaded last for a network; empty when none were. */
    Optional<Digest> uploaded(String network) {
        return json.read(ArtifactKeys.pretrainedOf(network), UploadedWeights.class)
                .map(UploadedWeights::digest);
    }

    /** Whether these uploaded weights are there. */
    boolean hasWeights(Digest digest) {
        return store.stat(ArtifactKeys.pretrained(digest)).isPresent();
    }

    /**
     * Reads the shapes of uploaded weights by tensor, of which only the file's first bytes are fetched.
     *
     * @throws MalformedSafetensorsException when it is no safetensors file
     */
    Map<String, List<Long>> weightShapes(Digest digest) {
        String key = ArtifactKeys.pretrained(digest);
        long bytes = store.stat(key)
                .orElseThrow(() -> new MissingObjectException(key))
                .bytes();
        try (InputStream start =
                bytes == 0 ? InputStream.nullInputStream() : store.open(key, 0, longestHeader(bytes))) {
            return SafetensorsHeader.read(start, bytes, key).tensors().stream()
                    .collect(Collectors.toMap(TensorEntry::name, TensorEntry::shape));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + key, e);
        }
    }

    private static long longestHeader(long fileBytes) {
        return Math.min(fileBytes, (long) Long.BYTES + SafetensorsHeader.MAX_BYTES);
    }

    /** Reads who works on a run; empty when nobody does. */
    Optional<JobOwner> owner(RunId run) {
        return json.read(ArtifactKeys.owner(ArtifactKeys.run(run)), JobOwner.class);
    }

    /** Reads the result of a run that ended for good. */
    Optional<RunResult> result(RunId run) {
        return json.read(ArtifactKeys.result(run), RunResult.class);
    }
}
