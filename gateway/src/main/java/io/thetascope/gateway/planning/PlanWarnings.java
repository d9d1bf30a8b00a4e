package io.thetascope.gateway.planning;

import io.thetascope.contracts.run.RunSpec;
import io.thetascope.contracts.study.AcceptedStudy;
import io.thetascope.contracts.study.DatasetSource;
import io.thetascope.contracts.study.PlannedRun;
import io.thetascope.contracts.study.StudySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the reader of a plan should know. */
final class PlanWarnings {
    private PlanWarnings() {}

    static List<PlanWarning> of(AcceptedStudy study, List<Cell> cells) {
        StudySpec spec = study.spec();
        List<PlanWarning> warnings = new ArrayList<>();
        if (!cells.isEmpty() && spec.seeds().size() == 1) {
            warnings.add(new PlanWarning(
                    "ONE_SEED",
                    "One seed says nothing about chance: most verdicts over cells will stay underpowered; they need at"
                            + " least three, such as seeds: [1, 2, 3]."));
        }
        study.datasets().forEach(images -> aboutImages(spec, images, warnings));
        unused(spec, cells, warnings);
        List<RunSpec> runs = study.runs().stream().map(PlannedRun::spec).toList();
        warnings.addAll(MissingWeights.warnings(runs));
        warnings.addAll(CostWarnings.of(runs));
        warnings.addAll(AlignmentWarnings.of(study));
        return warnings;
    }

    private static void aboutImages(StudySpec spec, DatasetSource images, List<PlanWarning> warnings) {
        if (images.source().startsWith("bundled")) {
            warnings.add(new PlanWarning(
                    "DATASET_SAMPLE",
                    images.name() + " is the bundled sample of " + images.train() + " training and " + images.test()
                            + " test images; set THETASCOPE_DATA_DIR to a folder with the whole data set."));
        } else if (!images.official()) {
            warnings.add(new PlanWarning(
                    "DATASET_UNVERIFIED",
                    images.name() + " from " + images.source()
                            + " does not have the official checksums; it is used and reported as unverified."));
        }
        limit("train.limit", spec.train().limit(), images.train(), images.name(), warnings);
        limit("test.limit", spec.test().limit(), images.test(), images.name(), warnings);
    }

    private static void limit(
            String field, @Nullable Integer limit, int there, String name, List<PlanWarning> warnings) {
        if (limit != null && limit > there) {
            warnings.add(new PlanWarning(
                    "LIMIT_ABOVE_DATASET",
                    field + " is " + limit + ", but " + name + " has " + there + "; all are used."));
        }
    }

    private static void unused(StudySpec spec, List<Cell> cells, List<PlanWarning> warnings) {
        List<Cell> trained = Stream.concat(
                        cells.stream(), cells.stream().flatMap(cell -> Pretraining.donorOf(cell, spec).stream()))
                .toList();
        spec.overrides().stream()
                .filter(override -> trained.stream().noneMatch(cell -> cell.matches(override.match())))
                .forEach(override -> warnings.add(new PlanWarning(
                        "OVERRIDE_UNUSED",
                        "No cell of the grid and no donor matches the override for " + override.match() + ".")));
        spec.pretrained().stream()
                .filter(choice -> cells.stream().noneMatch(cell -> Pretraining.matches(choice, cell)))
                .forEach(choice -> warnings.add(new PlanWarning(
                        "PRETRAINED_UNUSED",
                        "No pretrained cell of the grid is " + choice.network()
                                + (choice.dataset() == null ? "" : " on " + choice.dataset()) + "; " + choice.from()
                                + " is not used.")));
    }
}
