package io.thetascope.gateway.acceptance;

import io.thetascope.artifacts.safetensors.MalformedSafetensorsException;
import io.thetascope.contracts.identity.Digest;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.run.Initialization;
import io.thetascope.contracts.study.PretrainedChoice;
import io.thetascope.contracts.study.StudySpec;
import io.thetascope.gateway.planning.PretrainedSource;
import io.thetascope.gateway.request.Problems;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks up the pretrained weights that a study can start from: those it chooses, and the newest uploads. */
final class PretrainedLookup {
    private static final String RUN = "run:";

    private final StudyFiles files;
    private final Problems problems;

    PretrainedLookup(StudyFiles files, Problems problems) {
        this.files = files;
        this.problems = problems;
    }

    /** Returns what the choices name, in their order; shorter where it is noted why one cannot be. */
    List<PretrainedSource> chosen(StudySpec spec) {
        List<PretrainedSource> sources = new ArrayList<>();
        int i = 0;
        for (PretrainedChoice choice : spec.pretrained()) {
            String field = "pretrained[" + i++ + "].from";
            Optional<PretrainedSource> source = choice.from().startsWith(RUN)
                    ? run(field, new RunId(choice.from().substring(RUN.length())))
                    : upload(field, new Digest(choice.from()));
            source.ifPresent(sources::add);
        }
        return sources;
    }

    /** Returns network → the newest upload, of those networks of a study that have one. */
    Map<String, Digest> uploaded(StudySpec spec) {
        Map<String, Digest> uploaded = new LinkedHashMap<>();
        if (spec.initializations().contains(Initialization.PRETRAINED)) {
            spec.networks()
                    .forEach(network -> files.uploaded(network)
                            .filter(files::hasWeights)
                            .ifPresent(digest -> uploaded.put(network, digest)));
        }
        return uploaded;
    }

    private Optional<PretrainedSource> upload(String field, Digest digest) {
        try {
            if (files.hasWeights(digest)) {
                return Optional.of(new PretrainedSource.Weights(digest, files.weightShapes(digest)));
            }
        } catch (MalformedSafetensorsException e) {
            problems.add(field, digest, "the digest of whole weights; upload these anew: " + e.getMessage());
            return Optional.empty();
        }
        problems.add(
                field, digest, "the digest of uploaded weights; upload them with PUT /api/v1/pretrained/{network}");
        return Optional.empty();
    }

    private Optional<PretrainedSource> run(String field, RunId id) {
        return new FinishedRuns(files, problems).find(field, id).map(PretrainedSource.FinishedRun::new);
    }
}
