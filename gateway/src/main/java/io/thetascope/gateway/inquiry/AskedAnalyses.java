package io.thetascope.gateway.inquiry;

import io.thetascope.contracts.analysis.AnalysisRequest;
import io.thetascope.contracts.analysis.RunAnalyses;
import io.thetascope.contracts.run.RunSpec;
import io.thetascope.gateway.planning.PairAnalyses;
import io.thetascope.gateway.planning.Retrainings;
import io.thetascope.gateway.request.Measure;
import io.thetascope.gateway.request.Problems;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes analyses of the measures that are asked for: those that a study would plan, so with the same ids. Pure. */
final class AskedAnalyses {
    private static final String MEASURES = "measures";

    private AskedAnalyses() {}

    /**
     * The runs that a question is about, as far as they are known.
     *
     * @param run the one that is asked about
     * @param other the one that it is held against; absent where no measure needs one, or where it is no run to ask about
     * @param parent the one that it was retrained from; absent where no measure needs it, there is none, or it is no run to ask
     *     about
     */
    record Subjects(
            RunSpec run, @Nullable RunSpec other, @Nullable RunSpec parent) {}

    /**
     * Returns the analyses of measures, each once.
     *
     * @param problems where it is noted what cannot be measured
     */
    static List<AnalysisRequest> of(List<Measure> measures, Subjects of, Problems problems) {
        RunSpec run = of.run();
        RunSpec other = of.other();
        boolean across = measures.stream().anyMatch(Measure::needsOther);
        boolean comparable = across && other != null && comparable(run, other, problems);
        List<AnalysisRequest> requests = new ArrayList<>();
        for (Measure measure : measures) {
            if (measure.needsParent()) {
                AskedRetrainings.of(measure, run, of.parent(), problems).ifPresent(requests::add);
            } else if (!measure.needsOther()) {
                requests.addAll(ofRun(measure, run, problems));
            } else if (other != null && comparable) {
                requests.add(ofPair(measure, PairAnalyses.of(run, other), problems));
            }
        }
        return requests.stream().distinct().toList();
    }

    private static List<AnalysisRequest> ofRun(Measure measure, RunSpec run, Problems problems) {
        return switch (measure) {
            case MOVEMENT -> RunAnalyses.movement(run);
            case ATTRIBUTION -> attribution(run, problems);
            case FEATURES -> RunAnalyses.features(run);
            case ORDER -> List.of(RunAnalyses.order(run));
            case LAZINESS -> List.of(RunAnalyses.laziness(run));
            case INTEGRITY -> List.of(RunAnalyses.integrity(run));
            default -> throw new IllegalArgumentException("reads another run, too: " + measure.word());
        };
    }

    private static List<AnalysisRequest> attribution(RunSpec run, Problems problems) {
        if (!run.evidence()) {
            problems.add(
                    MEASURES,
                    Measure.ATTRIBUTION.word(),
                    "evidence not kept: run " + run.id() + " kept no evidence; train it with evidence: true");
        }
        return RunAnalyses.movement(run);
    }

    private static AnalysisRequest ofPair(Measure measure, PairAnalyses two, Problems problems) {
        if (measure == Measure.ORDER_AGREEMENT && !two.sameEpochs()) {
            problems.add(
                    MEASURES,
                    measure.word(),
                    "two runs with checkpoints at the same epochs; "
                            + two.left().id() + " and " + two.right().id()
                            + " have them at others, train one with the checkpoints of the other");
        }
        return switch (measure) {
            case PAIR -> two.pair();
            case ALIGNMENT -> two.alignment();
            case ORDER_AGREEMENT -> two.orderAgreement();
            case BARRIER -> Retrainings.barrier(two.left(), two.right());
            default -> throw new IllegalArgumentException("needs no other run: " + measure.word());
        };
    }

    private static boolean comparable(RunSpec run, RunSpec other, Problems problems) {
        PairAnalyses two = PairAnalyses.of(run, other);
        if (run.id().equals(other.id())) {
            problems.add("with", other.id(), "another run than the one that is asked about");
            return false;
        }
        if (!two.sameNetwork()) {
            problems.add(
                    "with",
                    other.id(),
                    "a run of " + run.network() + " at " + run.input() + " too; this one is " + other.network() + " at "
                            + other.input());
        }
        if (!two.sameDataset()) {
            problems.add(
                    "with",
                    other.id(),
                    "a run on the same images of " + run.dataset().name() + "; this one saw "
                            + other.dataset().name() + ", file "
                            + other.dataset().digest());
        }
        return two.comparable();
    }
}
