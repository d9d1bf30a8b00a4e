package io.thetascope.gateway.report.answer;

import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.run.Perturbation;
import io.thetascope.gateway.report.FamilyGate;
import io.thetascope.gateway.report.Retraining;
import io.thetascope.gateway.report.RunRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What became of one perturbation in one cell of the grid, over its seeds. Runs that missed the accuracy gate, or whose parent
 * or a twin of it did, are counted and left out of every number.
 *
 * @param network name
 * @param dataset name
 * @param initialization of the parents
 * @param optimizer kind
 * @param perturbation what was done
 * @param runs the perturbed runs, in the order of the study
 * @param belowGate those of them that are left out, they, their parents or a twin of those being below the gate
 * @param measured how many of the others have an end that was compared with θ1
 * @param effectToNull E / N
 * @param ratioToDrift ‖θ2 − θ1‖ as a multiple of the same-seed twin's
 * @param recovery R; of runs where it says something
 * @param departure S; of the same
 * @param effect E
 * @param nullDistance N
 * @param displaced ‖θp − θ1‖
 * @param epochsToRegain of the runs that regained θ1's accuracy less half a point, whether or not they ended
 * @param notRegained runs that ended and did not
 */
public record Answer(
        String network,
        String dataset,
        String initialization,
        String optimizer,
        Perturbation perturbation,
        List<RunId> runs,
        int belowGate,
        int measured,
        OverSeeds effectToNull,
        OverSeeds ratioToDrift,
        OverSeeds recovery,
        OverSeeds departure,
        OverSeeds effect,
        OverSeeds nullDistance,
        OverSeeds displaced,
        OverSeeds epochsToRegain,
        int notRegained) {
    public Answer {
        runs = List.copyOf(runs);
    }

    private record Cell(
            String network,
            String dataset,
            String initialization,
            String optimizer,
            @Nullable Perturbation done) {}

    /** Returns one answer for every cell and perturbation, in the order of the study. */
    public static List<Answer> of(List<RunRow> rows) {
        Map<Cell, List<RunRow>> cells = new LinkedHashMap<>();
        for (RunRow row : rows) {
            if (row.perturbation() != null) {
                Cell cell = new Cell(
                        row.network(), row.dataset(), row.initialization(), row.optimizer(), row.perturbation());
                cells.computeIfAbsent(cell, c -> new ArrayList<>()).add(row);
            }
        }
        FamilyGate gate = FamilyGate.of(rows);
        return cells.values().stream().map(runs -> of(runs, gate)).toList();
    }

    private static Answer of(List<RunRow> runs, FamilyGate gate) {
        RunRow first = runs.get(0);
        List<RunRow> worthwhile =
                runs.stream().filter(run -> !gate.isMissedBy(run)).toList();
        return new Answer(
                first.network(),
                first.dataset(),
                first.initialization(),
                first.optimizer(),
                Objects.requireNonNull(first.perturbation()),
                runs.stream().map(RunRow::runId).toList(),
                runs.size() - worthwhile.size(),
                over(worthwhile, Retraining::distance).n(),
                over(worthwhile, Retraining::effectToNull),
                over(worthwhile, Retraining::ratioToDrift),
                over(worthwhile, Retraining::recovery),
                over(worthwhile, Retraining::departure),
                over(worthwhile, Retraining::effect),
                over(worthwhile, Retraining::nullDistance),
                over(worthwhile, Retraining::displaced),
                over(worthwhile, r -> {
                    Integer epochs = r.regained().epochs();
                    return epochs == null ? null : (Double) epochs.doubleValue();
                }),
                (int) worthwhile.stream().filter(Answer::regainedNever).count());
    }

    /** It has its accuracy after the last epoch, that of the parent is known, and no epoch reached it. */
    private static boolean regainedNever(RunRow run) {
        Retraining retraining = run.retraining();
        return run.accuracy() != null
                && retraining != null
                && retraining.regained().target() != null
                && retraining.regained().epochs() == null;
    }

    private static OverSeeds over(List<RunRow> runs, Function<Retraining, @Nullable Double> number) {
        return OverSeeds.of(runs, run -> {
            Retraining retraining = run.retraining();
            return retraining == null ? null : number.apply(retraining);
        });
    }

    /** How many runs are not below the gate, measured or not. */
    public int counted() {
        return runs.size() - belowGate;
    }
}
