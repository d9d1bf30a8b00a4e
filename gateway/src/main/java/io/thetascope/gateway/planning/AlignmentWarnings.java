package io.thetascope.gateway.planning;

import io.thetascope.contracts.run.RunSpec;
import io.thetascope.contracts.study.AcceptedStudy;
import io.thetascope.contracts.study.PlannedRun;
import io.thetascope.contracts.study.RunRole;
import java.util.List;
import java.util.Locale;

/** Which alignments a plan leaves out because of their size. */
final class AlignmentWarnings {
    private AlignmentWarnings() {}

    /** Names every network whose pairs are compared, but too large to be aligned unasked. */
    static List<PlanWarning> of(AcceptedStudy study) {
        if (study.spec().comparisons().equals("none")) {
            return List.of();
        }
        RunCosts costs = new RunCosts();
        List<RunSpec> base = study.runs().stream()
                .filter(run -> run.role() == RunRole.BASE)
                .map(PlannedRun::spec)
                .toList();
        return base.stream()
                .map(RunCosts.Subject::of)
                .distinct()
                .filter(subject -> costs.of(subject).parameters() > PairAnalyses.MOST_ALIGNED_PARAMETERS)
                .filter(subject -> pairs(base, subject) > 0)
                .map(subject -> warning(subject, costs.of(subject), pairs(base, subject)))
                .toList();
    }

    private static long pairs(List<RunSpec> base, RunCosts.Subject subject) {
        List<RunSpec> same = base.stream()
                .filter(run -> RunCosts.Subject.of(run).equals(subject))
                .toList();
        long pairs = 0;
        for (int i = 0; i < same.size(); i++) {
            RunSpec one = same.get(i);
            pairs += same.subList(i + 1, same.size()).stream()
                    .filter(other -> PairAnalyses.of(one, other).comparable())
                    .count();
        }
        return pairs;
    }

    private static PlanWarning warning(RunCosts.Subject subject, RunCost cost, long pairs) {
        return new PlanWarning(
                "ALIGNMENT_ON_REQUEST",
                String.format(
                        Locale.ROOT,
                        "The %,d pairs of %s are compared but not aligned: it has %,d parameters, more than %,d. Ask for one"
                                + " with POST /api/v1/runs/{id}/analyses {\"measures\": [\"alignment\"], \"with\": \"r…\"};"
                                + " the analyzer then holds both models in memory, %,d MB or more.",
                        pairs,
                        subject,
                        cost.parameters(),
                        PairAnalyses.MOST_ALIGNED_PARAMETERS,
                        Math.round(2 * cost.checkpointBytes() / 1e6)));
    }
}
