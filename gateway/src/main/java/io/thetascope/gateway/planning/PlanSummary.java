package io.thetascope.gateway.planning;

import io.thetascope.contracts.analysis.AnalysisKind;
import io.thetascope.contracts.analysis.AnalysisRequest;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.identity.StudyId;
import io.thetascope.contracts.run.RunSpec;
import io.thetascope.contracts.study.PlannedRun;
import io.thetascope.contracts.study.RunRole;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a study would cost, without the finished parents that it names: those are not trained again.
 *
 * @param studyId that it would have
 * @param runs of each role
 * @param analyses of single runs and across runs
 * @param analysesByKind the same by what is measured, in the order of {@link AnalysisKind}
 * @param parameters trained, summed over the runs
 * @param bytes of all checkpoints that would be stored, and of the evidence beside them
 * @param estimatedSeconds one run after another on one trainer, of every role; an estimate, measures and transfers not counted
 * @param warnings for its reader
 */
public record PlanSummary(
        StudyId studyId,
        RunCounts runs,
        int analyses,
        Map<AnalysisKind, Long> analysesByKind,
        long parameters,
        long bytes,
        long estimatedSeconds,
        List<PlanWarning> warnings) {
    public PlanSummary {
        analysesByKind = Collections.unmodifiableMap(new EnumMap<>(analysesByKind));
        warnings = List.copyOf(warnings);
    }

    /**
     * Runs by what they are for.
     *
     * @param base trained from an initialisation; finished parents that a study names are not trained again
     * @param perturbed retrained from a perturbed model
     * @param twins retrained from a model as it is
     * @param donors trained to give others their weights
     */
    public record RunCounts(long base, long perturbed, long twins, long donors) {
        static RunCounts of(List<PlannedRun> runs) {
            return new RunCounts(
                    count(runs, RunRole.BASE),
                    count(runs, RunRole.PERTURBED),
                    count(runs, RunRole.TWIN_SAME_SEED) + count(runs, RunRole.TWIN_NEW_SEED),
                    count(runs, RunRole.DONOR));
        }

        private static long count(List<PlannedRun> runs, RunRole role) {
            return runs.stream().filter(run -> run.role() == role).count();
        }
    }

    /**
     * Sums a plan up.
     *
     * @param plan the study
     * @param measuredRates where some were measured; they replace the estimates
     */
    public static PlanSummary of(PlannedStudy plan, MeasuredRates measuredRates) {
        Set<RunId> finished = Set.copyOf(plan.study().spec().parents());
        List<PlannedRun> runs = plan.study().runs().stream()
                .filter(run -> !finished.contains(run.runId()))
                .toList();
        List<RunSpec> specs = runs.stream().map(PlannedRun::spec).toList();
        RunCosts costs = new RunCosts();
        ThroughputEstimate throughput = new ThroughputEstimate(measuredRates);
        return new PlanSummary(
                plan.study().studyId(),
                RunCounts.of(runs),
                plan.study().analyses().size(),
                byKind(plan.study().analyses()),
                costs.parameters(specs),
                costs.storedBytes(specs),
                Math.round(Math.ceil(
                        specs.stream().mapToDouble(throughput::seconds).sum())),
                plan.warnings());
    }

    private static Map<AnalysisKind, Long> byKind(List<AnalysisRequest> analyses) {
        return analyses.stream()
                .collect(Collectors.groupingBy(
                        AnalysisRequest::kind, () -> new EnumMap<>(AnalysisKind.class), Collectors.counting()));
    }
}
