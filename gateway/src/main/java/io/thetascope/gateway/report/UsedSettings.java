package io.thetascope.gateway.report;

import io.thetascope.contracts.run.CheckpointSchedule;
import io.thetascope.contracts.run.OptimizerSpec;
import io.thetascope.contracts.run.RunSpec;
import io.thetascope.contracts.run.Seeds;
import io.thetascope.contracts.study.PlannedRun;
import java.util.List;
import java.util.function.Function;

/**
 * What the runs of a study really use, each value once, in the study's order. What was asked for may say something else:
 * settings are overridden for some cells, limits exceed a data set, and the parents of a retraining bring their own.
 *
 * @param networks names
 * @param datasets names
 * @param initializations kinds
 * @param pretrained where pretrained runs of generation 0 start
 * @param optimizers with all their numbers
 * @param seeds that the user wrote, as far as they are known; those of parents from another study are not
 * @param distinctSeeds how many different seeds the base runs have, known by name or not
 * @param epochs of training
 * @param batches images a step
 * @param trainImages trained on
 * @param validationImages held back
 * @param testImages evaluated on
 * @param checkpoints when weights are kept
 */
public record UsedSettings(
        List<String> networks,
        List<String> datasets,
        List<String> initializations,
        List<PretrainedStart> pretrained,
        List<OptimizerSpec> optimizers,
        List<Long> seeds,
        int distinctSeeds,
        List<Integer> epochs,
        List<Integer> batches,
        List<Integer> trainImages,
        List<Integer> validationImages,
        List<Integer> testImages,
        List<CheckpointSchedule> checkpoints) {

    static UsedSettings of(List<PlannedRun> runs) {
        List<PlannedRun> base =
                runs.stream().filter(run -> run.spec().generation() == 0).toList();
        return new UsedSettings(
                distinct(runs, RunSpec::network),
                distinct(runs, spec -> spec.dataset().name()),
                distinct(runs, spec -> spec.initialization().kind()),
                base.stream()
                        .map(PlannedRun::spec)
                        .flatMap(spec -> PretrainedStart.of(spec).stream())
                        .distinct()
                        .toList(),
                distinct(runs, RunSpec::optimizer),
                base.stream()
                        .filter(UsedSettings::seedIsKnown)
                        .map(PlannedRun::seed)
                        .distinct()
                        .toList(),
                distinct(base, RunSpec::seeds).size(),
                distinct(runs, RunSpec::epochs),
                distinct(runs, RunSpec::batch),
                distinct(runs, spec -> spec.dataset().train()),
                distinct(runs, spec -> spec.dataset().validation()),
                distinct(runs, spec -> spec.dataset().test()),
                distinct(runs, RunSpec::checkpoints));
    }

    /** The seed of a planned run is a label; that of a parent from another study may not be the one it was trained with. */
    private static boolean seedIsKnown(PlannedRun run) {
        return Seeds.ofBase(run.seed()).equals(run.spec().seeds());
    }

    private static <T> List<T> distinct(List<PlannedRun> runs, Function<RunSpec, T> setting) {
        return runs.stream().map(PlannedRun::spec).map(setting).distinct().toList();
    }
}
