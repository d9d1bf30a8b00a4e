package io.thetascope.perturbation.retraining;

import io.thetascope.artifacts.ArtifactKeys;
import io.thetascope.artifacts.JsonObjects;
import io.thetascope.artifacts.store.ObjectStore;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.identity.StudyId;
import io.thetascope.contracts.run.Origin;
import io.thetascope.contracts.run.RunSpec;
import io.thetascope.contracts.study.AcceptedStudy;
import io.thetascope.contracts.study.PlannedRun;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What accepted studies plan to retrain. Studies never change, so the last ones read are kept. One thread at a time. */
final class StudyPlans {
    private static final Logger LOG = LoggerFactory.getLogger(StudyPlans.class);
    private static final int KEPT = 32;

    private final ObjectStore store;
    private final JsonObjects objects;
    private final Map<StudyId, AcceptedStudy> kept = new LinkedHashMap<>(KEPT, 0.75f, true);

    StudyPlans(ObjectStore store) {
        this.store = store;
        this.objects = new JsonObjects(store);
    }

    /** Returns what a study wants to retrain, by parent, in the study's order. */
    Map<RunId, List<PlannedChild>> childrenByParent(StudyId study) {
        Map<RunId, List<PlannedChild>> byParent = new LinkedHashMap<>();
        for (PlannedChild child : children(study)) {
            byParent.computeIfAbsent(child.parent(), parent -> new ArrayList<>())
                    .add(child);
        }
        return byParent;
    }

    /** Returns the retrainings of a run that the studies which want that run plan; each once. */
    List<PlannedChild> childrenOf(RunId parent) {
        Map<RunId, PlannedChild> children = new LinkedHashMap<>();
        for (StudyId study : studiesWanting(parent)) {
            children(study).stream()
                    .filter(child -> child.parent().equals(parent))
                    .forEach(child -> children.merge(child.runId(), child, StudyPlans::inBoth));
        }
        return List.copyOf(children.values());
    }

    /** Finds the spec of a run, among those planned or in the store. */
    Optional<RunSpec> spec(RunId run, List<StudyId> studies) {
        return studies.stream()
                .flatMap(study -> find(study).stream())
                .flatMap(study -> study.runs().stream())
                .filter(planned -> planned.runId().equals(run))
                .map(PlannedRun::spec)
                .findFirst()
                .or(() -> objects.read(ArtifactKeys.spec(run), RunSpec.class));
    }

    private List<StudyId> studiesWanting(RunId run) {
        String prefix = ArtifactKeys.wantedBy(run);
        return store.list(prefix).stream()
                .map(key -> new StudyId(key.substring(prefix.length())))
                .toList();
    }

    private List<PlannedChild> children(StudyId study) {
        return find(study).stream()
                .flatMap(accepted -> accepted.runs().stream())
                .flatMap(planned -> child(study, planned).stream())
                .toList();
    }

    private static Optional<PlannedChild> child(StudyId study, PlannedRun planned) {
        Origin origin = planned.spec().origin();
        return origin == null
                ? Optional.empty()
                : Optional.of(new PlannedChild(planned.runId(), origin.parent(), planned.spec(), List.of(study)));
    }

    private static PlannedChild inBoth(PlannedChild one, PlannedChild other) {
        List<StudyId> studies = new ArrayList<>(one.studies());
        studies.addAll(other.studies());
        return new PlannedChild(one.runId(), one.parent(), one.spec(), studies);
    }

    private Optional<AcceptedStudy> find(StudyId id) {
        AcceptedStudy known = kept.get(id);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<AcceptedStudy> study = objects.read(ArtifactKeys.study(id), AcceptedStudy.class);
        study.ifPresentOrElse(found -> kept.put(id, found), () -> LOG.warn("study missing study={}", id));
        if (kept.size() > KEPT) {
            kept.remove(kept.keySet().iterator().next());
        }
        return study;
    }
}
