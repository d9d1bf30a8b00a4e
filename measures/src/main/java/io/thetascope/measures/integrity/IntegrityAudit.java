package io.thetascope.measures.integrity;

import io.thetascope.contracts.analysis.IntegrityResult;
import io.thetascope.contracts.analysis.IntegrityResult.CheckpointAudit;
import io.thetascope.contracts.analysis.IntegrityResult.Finding;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.identity.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether the checkpoints of a run are what they were announced as (MEASURES §8).
 *
 * <p>A jump is a displacement per step of more than ten times the median of its neighbours': the displacement before and the
 * one after it, as far as there are such. The first displacement, from the start, is large by nature: it is neither warned of
 * nor a neighbour.
 */
public final class IntegrityAudit {
    private static final double JUMP = 10;

    private final RunId run;
    private final List<ExaminedCheckpoint> checkpoints;
    private final List<List<Finding>> damage = new ArrayList<>();
    private final List<@Nullable Double> perStep = new ArrayList<>();

    private IntegrityAudit(RunId run, List<ExaminedCheckpoint> checkpoints) {
        this.run = run;
        this.checkpoints = checkpoints;
        for (int i = 0; i < checkpoints.size(); i++) {
            damage.add(damage(i));
        }
        for (int i = 0; i < checkpoints.size(); i++) {
            perStep.add(perStep(i));
        }
    }

    /**
     * Audits a run.
     *
     * @param run whose
     * @param planned the steps of its schedule; of a run that diverged, those up to where it ended
     * @param checkpoints in the order of its result
     */
    public static IntegrityResult audit(RunId run, List<Step> planned, List<ExaminedCheckpoint> checkpoints) {
        return new IntegrityAudit(run, checkpoints).result(planned);
    }

    private IntegrityResult result(List<Step> planned) {
        List<CheckpointAudit> audits = new ArrayList<>();
        for (int i = 0; i < checkpoints.size(); i++) {
            ExaminedCheckpoint examined = checkpoints.get(i);
            audits.add(new CheckpointAudit(
                    examined.announced().step(),
                    examined.announced().epoch(),
                    examined.announced().artifact().key(),
                    examined.announced().artifact().sha256(),
                    examined.found(),
                    perStep.get(i),
                    damage.get(i),
                    warnings(i)));
        }
        List<Finding> whole = damageOfTheWhole(planned);
        boolean sound = whole.isEmpty() && damage.stream().allMatch(List::isEmpty);
        return new IntegrityResult(sound, planned.size(), audits, whole);
    }

    /** What is wrong with the bytes comes alone: nothing that the file says can be believed then. */
    private List<Finding> damage(int index) {
        ExaminedCheckpoint examined = checkpoints.get(index);
        Optional<Finding> bytes = bytes(examined);
        if (bytes.isPresent()) {
            return List.of(bytes.get());
        }
        List<Finding> found = new ArrayList<>();
        if (!run.equals(examined.run())) {
            found.add(new Finding(
                    Finding.FOREIGN,
                    "the file says that it is of " + (examined.run() == null ? "no run" : "run " + examined.run())
                            + "; train the run again"));
        }
        misplaced(examined).ifPresent(found::add);
        if (examined.notFinite() != null) {
            found.add(new Finding(
                    Finding.NOT_FINITE,
                    examined.notFinite()
                            + " holds values that are not finite; train again with a smaller learning rate"));
        }
        original(index)
                .ifPresent(original -> found.add(new Finding(
                        Finding.DUPLICATE,
                        "every tensor equals that of step "
                                + original.announced().step() + "; train the run again")));
        return List.copyOf(found);
    }

    private Optional<Finding> bytes(ExaminedCheckpoint examined) {
        if (examined.found() == null) {
            return Optional.of(new Finding(
                    Finding.MISSING,
                    "nothing lies at " + examined.announced().artifact().key() + "; restore the object"));
        }
        if (!examined.found().equals(examined.announced().artifact().sha256())) {
            return Optional.of(checkpoints.stream()
                    .filter(other ->
                            examined.found().equals(other.announced().artifact().sha256()))
                    .findFirst()
                    .map(other -> new Finding(
                            Finding.SWAPPED,
                            "the bytes are those of step " + other.announced().step() + "; restore the objects"))
                    .orElseGet(() -> new Finding(
                            Finding.DAMAGED,
                            "the SHA-256 is " + examined.found() + ", announced was "
                                    + examined.announced().artifact().sha256() + "; restore the object")));
        }
        return Optional.ofNullable(examined.unreadable())
                .map(why -> new Finding(Finding.UNREADABLE, why + "; train the run again"));
    }

    private static Optional<Finding> misplaced(ExaminedCheckpoint examined) {
        Step step = examined.announced().step();
        int epoch = examined.announced().epoch();
        boolean placed = step.equals(examined.step()) && examined.epoch() != null && examined.epoch() == epoch;
        return placed
                ? Optional.empty()
                : Optional.of(new Finding(
                        Finding.MISPLACED,
                        "the file says step " + examined.step() + " of epoch " + examined.epoch()
                                + ", announced was step " + step + " of epoch " + epoch + "; train the run again"));
    }

    /**
     * Returns the earliest checkpoint of the same content whose bytes are as announced: the later one is taken for the copy,
     * but a good file that was copied over an earlier one is not.
     */
    private Optional<ExaminedCheckpoint> original(int index) {
        ExaminedCheckpoint examined = checkpoints.get(index);
        return checkpoints.stream()
                .limit(index)
                .filter(earlier -> bytes(earlier).isEmpty())
                .filter(earlier ->
                        examined.content() != null && examined.content().equals(earlier.content()))
                .findFirst();
    }

    private @Nullable Double perStep(int index) {
        if (index == 0 || !damage.get(index).isEmpty() || !damage.get(index - 1).isEmpty()) {
            return null;
        }
        long steps = step(index) - step(index - 1);
        Double distance = checkpoints.get(index).distance();
        return distance == null || steps <= 0 ? null : (Double) (distance / steps);
    }

    private List<Finding> warnings(int index) {
        Double here = perStep.get(index);
        if (index < 2 || here == null) {
            return List.of();
        }
        double[] neighbours = neighbours(index);
        if (neighbours.length == 0) {
            return List.of();
        }
        double median = neighbours.length == 1 ? neighbours[0] : (neighbours[0] + neighbours[1]) / 2;
        return here > JUMP * median
                ? List.of(new Finding(
                        Finding.JUMP,
                        "moved " + here + " a step, " + (here / median)
                                + " times the median of the displacements around"
                                + " it; look at the training loss there"))
                : List.of();
    }

    private double[] neighbours(int index) {
        List<Double> neighbours = new ArrayList<>();
        for (int i : new int[] {index - 1, index + 1}) {
            Double there = i >= 2 && i < perStep.size() ? perStep.get(i) : null;
            if (there != null) {
                neighbours.add(there);
            }
        }
        return neighbours.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private List<Finding> damageOfTheWhole(List<Step> planned) {
        List<Finding> found = new ArrayList<>();
        List<Step> there = checkpoints.stream().map(c -> c.announced().step()).toList();
        planned.stream()
                .filter(step -> !there.contains(step))
                .forEach(step -> found.add(new Finding(
                        Finding.GAP, "the result names no checkpoint at step " + step + "; train the run again")));
        for (int i = 1; i < there.size(); i++) {
            if (step(i) <= step(i - 1)) {
                found.add(new Finding(
                        Finding.OUT_OF_ORDER,
                        "the result names step " + step(i) + " after step " + step(i - 1) + "; train the run again"));
            }
        }
        return List.copyOf(found);
    }

    private long step(int index) {
        return checkpoints.get(index).announced().step().value();
    }
}
