package io.thetascope.gateway.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thetascope.contracts.run.Initialization;
import io.thetascope.contracts.run.OptimizerSpec;
import io.thetascope.contracts.run.Perturbation;
import io.thetascope.contracts.study.DatasetSource;
import io.thetascope.contracts.study.StudySpec;
import io.thetascope.gateway.dataset.Datasets;
import io.thetascope.gateway.planning.FinishedParent;
import io.thetascope.gateway.planning.PlanInputs;
import io.thetascope.gateway.planning.PlannedStudy;
import io.thetascope.gateway.planning.Planner;
import io.thetascope.gateway.request.Presets;
import io.thetascope.gateway.request.Problems;
import io.thetascope.gateway.request.RefusedRequestException;
import io.thetascope.gateway.request.StudyReader;
import io.thetascope.gateway.request.Vocabulary;
import io.thetascope.networks.Networks;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** From a user's text to a planned study: reads, finds data sets and parents, plans. Changes nothing anywhere. */
public final class StudyPlanning {
    private static final Vocabulary VOCABULARY = new Vocabulary(
            Networks.names(),
            Datasets.names(),
            List.of(Initialization.KAIMING_UNIFORM, Initialization.KAIMING_NORMAL, Initialization.PRETRAINED),
            List.of(OptimizerSpec.SGD, OptimizerSpec.ADAM),
            Perturbation.kinds());

    /** Where it is noted that a data set is missing which nobody named: LeNet's pretrained cells need it. */
    private static final String DONOR_DATASET = "initializations";

    private final Presets presets;
    private final Datasets datasets;
    private final StudyFiles files;
    private final StudyReader reader = new StudyReader(VOCABULARY);

    /** Plans with these. */
    public StudyPlanning(Presets presets, Datasets datasets, StudyFiles files) {
        this.presets = presets;
        this.datasets = datasets;
        this.files = files;
    }

    /**
     * Plans a study. What it needs to be accepted may be missing yet: see {@link PlannedStudy#acceptable}.
     *
     * @param request as written: a study, or a preset with what differs from it
     * @throws RefusedRequestException with everything that is wrong with it
     */
    public PlannedStudy plan(ObjectNode request) {
        Problems problems = new Problems();
        ObjectNode written = presets.expand(request, problems);
        Optional<StudySpec> spec = reader.read(written, problems);
        Map<String, DatasetSource> found = find(written, problems);
        Optional<PlanInputs> inputs = spec.map(s -> inputs(s, found, problems));
        problems.refuseIfAny();
        Optional<PlannedStudy> plan = Planner.plan(spec.orElseThrow(), inputs.orElseThrow(), problems);
        problems.refuseIfAny();
        return plan.orElseThrow();
    }

    private PlanInputs inputs(StudySpec spec, Map<String, DatasetSource> named, Problems problems) {
        Map<String, DatasetSource> found = new LinkedHashMap<>(named);
        Planner.donorDatasets(spec)
                .forEach(name -> datasets.find(name, DONOR_DATASET, problems).ifPresent(s -> found.put(s.name(), s)));
        PretrainedLookup pretrained = new PretrainedLookup(files, problems);
        return new PlanInputs(found, parents(spec, problems), pretrained.chosen(spec), pretrained.uploaded(spec));
    }

    /** Looks for every data set that is named, even when something else is wrong: the user hears of all at once. */
    private Map<String, DatasetSource> find(ObjectNode written, Problems problems) {
        Set<String> known = new TreeSet<>(Datasets.names());
        Map<String, DatasetSource> found = new LinkedHashMap<>();
        int i = 0;
        for (JsonNode name : written.path("datasets")) {
            String field = "datasets[" + i++ + "]";
            if (name.isTextual() && known.contains(name.textValue()) && !found.containsKey(name.textValue())) {
                datasets.find(name.textValue(), field, problems).ifPresent(s -> found.put(s.name(), s));
            }
        }
        return found;
    }

    private List<FinishedParent> parents(StudySpec spec, Problems problems) {
        FinishedRuns finished = new FinishedRuns(files, problems);
        List<FinishedParent> parents = new ArrayList<>();
        for (int i = 0; i < spec.parents().size(); i++) {
            finished.find("parents[" + i + "]", spec.parents().get(i))
                    .ifPresent(run -> parents.add(new FinishedParent(run, finished.seed(run.id()))));
        }
        return parents;
    }
}
