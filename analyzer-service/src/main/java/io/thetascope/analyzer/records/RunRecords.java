package io.thetascope.analyzer.records;

import io.thetascope.artifacts.ArtifactKeys;
import io.thetascope.artifacts.Checkpoints;
import io.thetascope.artifacts.JsonObjects;
import io.thetascope.artifacts.StepKey;
import io.thetascope.artifacts.store.MissingObjectException;
import io.thetascope.artifacts.store.ObjectStore;
import io.thetascope.contracts.analysis.AnalysisRequest;
import io.thetascope.contracts.analysis.RunAnalyses;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.identity.StudyId;
import io.thetascope.contracts.run.RunResult;
import io.thetascope.contracts.run.RunSpec;
import io.thetascope.contracts.study.AcceptedStudy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the store knows of runs and studies. What never changes is remembered. Threads may share it. */
public final class RunRecords {
    private static final int REMEMBERED_RUNS = 512;
    private static final int REMEMBERED_STUDIES = 4; // a large one takes megabytes

    private final ObjectStore store;
    private final JsonObjects objects;
    private final Checkpoints checkpoints;
    private final Remembered<RunId, RunSpec> specs = new Remembered<>(REMEMBERED_RUNS);
    private final Remembered<RunId, RunResult> results = new Remembered<>(REMEMBERED_RUNS);
    private final Remembered<StudyId, AcceptedStudy> studies = new Remembered<>(REMEMBERED_STUDIES);

    /** Reads from this store. */
    public RunRecords(ObjectStore store) {
        this.store = store;
        this.objects = new JsonObjects(store);
        this.checkpoints = new Checkpoints(store);
    }

    /**
     * Returns the spec of a run.
     *
     * @throws MissingObjectException when nobody stored it
     */
    public RunSpec spec(RunId run) {
        return specs.get(run, r -> objects.read(ArtifactKeys.spec(r), RunSpec.class))
                .orElseThrow(() -> new MissingObjectException(ArtifactKeys.spec(run)));
    }

    /** Returns the checkpoints of a run as they stand now. */
    public Lineage lineage(RunId run) {
        Optional<RunResult> result = results.get(run, r -> objects.read(ArtifactKeys.result(r), RunResult.class));
        return new Lineage(run, result.orElse(null), result.isPresent() ? List.of() : stored(run));
    }

    /**
     * Returns the result of a run as it lies in the store now, for an audit: what is remembered may be better than that.
     *
     * @throws MissingObjectException when there is none
     */
    public RunResult resultAnew(RunId run) {
        RunResult result = objects.read(ArtifactKeys.result(run), RunResult.class)
                .orElseThrow(() -> new MissingObjectException(ArtifactKeys.result(run)));
        results.put(run, result);
        return result;
    }

    /** Lists checkpoints first: the evidence of every one that is listed was stored before. */
    private List<StepKey> stored(RunId run) {
        List<StepKey> found = new ArrayList<>(checkpoints.list(run));
        store.list(ArtifactKeys.evidence(run)).forEach(key -> StepKey.parse(key).ifPresent(found::add));
        return found;
    }

    /** Returns a study; empty when nobody stored it. */
    public Optional<AcceptedStudy> study(StudyId study) {
        return studies.get(study, s -> objects.read(ArtifactKeys.study(s), AcceptedStudy.class));
    }

    /** Returns the studies that want a run now. */
    public List<StudyId> wantedBy(RunId run) {
        String prefix = ArtifactKeys.wantedBy(run);
        return store.list(prefix).stream()
                .map(key -> new StudyId(key.substring(prefix.length())))
                .toList();
    }

    /**
     * Returns the analyses that facts about a run start: those of the run alone, and all with it that a study wants:
     * comparisons, and of the run alone those that a study asks for in another version, which must end too.
     */
    public List<AnalysisRequest> concernedBy(RunId run) {
        Stream<AnalysisRequest> alone = RunAnalyses.of(spec(run)).stream();
        Stream<AnalysisRequest> wanted = wantedBy(run).stream()
                .flatMap(study -> study(study).stream()) // one that is not stored yet is not announced yet either
                .flatMap(study -> study.analyses().stream())
                .filter(request -> request.runs().contains(run));
        return Stream.concat(alone, wanted).distinct().toList();
    }
}
