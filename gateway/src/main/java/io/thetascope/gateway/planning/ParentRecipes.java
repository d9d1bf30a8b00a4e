package io.thetascope.gateway.planning;

import io.thetascope.contracts.run.Initialization;
import io.thetascope.contracts.run.RunSpec;
import io.thetascope.contracts.run.Seeds;
import io.thetascope.gateway.request.Problems;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether the finished runs of a study that would count as the seeds of one cell were trained alike. Numbers over seeds would mix
 * what was trained otherwise without a word.
 */
final class ParentRecipes {
    /** A donor is another one for every seed; that it is one is in the cell. */
    private static final Initialization OF_ANY_DONOR = Initialization.drawn(Initialization.KAIMING_UNIFORM);

    private final Problems problems;

    ParentRecipes(Problems problems) {
        this.problems = problems;
    }

    void check(List<FinishedParent> parents) {
        Map<Cell, RunSpec> first = new HashMap<>();
        for (int i = 0; i < parents.size(); i++) {
            RunSpec run = parents.get(i).spec();
            RunSpec known = first.putIfAbsent(cell(run), run);
            if (known != null && !recipe(run).equals(recipe(known))) {
                problems.add(
                        "parents[" + i + "]",
                        run.id(),
                        "runs that were trained alike but for their seeds: " + run.id() + " and " + known.id()
                                + " are both "
                                + cell(run).words()
                                + ", with other epochs, images, batch or rates; put them into studies"
                                + " of their own");
            }
        }
    }

    private static Cell cell(RunSpec run) {
        return new Cell(
                run.network(),
                run.dataset().name(),
                run.initialization().kind(),
                run.optimizer().kind());
    }

    /** What decides a training but its seeds; the format names the random numbers, and evidence changes no weight. */
    private static RunSpec recipe(RunSpec run) {
        return new RunSpec(
                RunSpec.FORMAT,
                run.network(),
                run.input(),
                run.dataset(),
                run.initialization().donor() == null ? run.initialization() : OF_ANY_DONOR,
                run.optimizer(),
                run.batch(),
                run.epochs(),
                run.checkpoints(),
                Seeds.ofBase(0),
                run.threads(),
                true,
                null);
    }
}
