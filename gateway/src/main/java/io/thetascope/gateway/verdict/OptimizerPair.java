package io.thetascope.gateway.verdict;

import io.thetascope.contracts.run.OptimizerSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Two base runs that differ in their optimizer alone.
 *
 * @param sgd one
 * @param adam the other, of the same seed
 */
record OptimizerPair(Trial sgd, Trial adam) {
    private static final long HUGE = 1_000_000;

    /** Pairs runs by seed; where several runs of a cell carry one seed, it is not known which belong together: no pair. */
    static Stream<OptimizerPair> of(Evidence evidence, Predicate<Trial> network) {
        Map<String, List<Trial>> groups = evidence.base()
                .filter(network)
                .collect(Collectors.groupingBy(
                        trial -> trial.factors().withoutOptimizer() + " #"
                                + trial.factors().seed(),
                        LinkedHashMap::new,
                        Collectors.toList()));
        return groups.values().stream().flatMap(group -> pair(group).stream());
    }

    private static Optional<OptimizerPair> pair(List<Trial> group) {
        List<Trial> sgd = with(OptimizerSpec.SGD, group);
        List<Trial> adam = with(OptimizerSpec.ADAM, group);
        return sgd.size() == 1 && adam.size() == 1
                ? Optional.of(new OptimizerPair(sgd.get(0), adam.get(0)))
                : Optional.empty();
    }

    private static List<Trial> with(String optimizer, List<Trial> group) {
        return group.stream()
                .filter(trial -> trial.factors().optimizer().equals(optimizer))
                .toList();
    }

    /** Whether a network has more than a million parameters. */
    static boolean big(Trial trial) {
        Long parameters = trial.figures().parameters();
        return parameters != null && parameters > HUGE;
    }

    String cell() {
        return sgd.factors().withoutOptimizer();
    }

    Observation observed(@Nullable Double value, @Nullable String absent) {
        return new Observation(
                List.of(sgd.factors().seed()),
                Worth.least(sgd.worth(), adam.worth()),
                value,
                absent,
                List.of(sgd.runId(), adam.runId()));
    }

    /** Returns how far SGD went from its start, as a multiple of Adam's way; both relative to the start. */
    Observation distances() {
        Double left = sgd.figures().relativeDistance();
        Double right = adam.figures().relativeDistance();
        return observed(left == null || right == null || right == 0 ? null : left / right, null);
    }

    /** Returns mean ρ of Adam less that of SGD after the last step. */
    Observation correlations() {
        Double left = sgd.figures().meanCorrelation();
        Double right = adam.figures().meanCorrelation();
        return observed(left == null || right == null ? null : right - left, null);
    }

    /** Returns the same at matched training loss. */
    Observation matchedCorrelations() {
        boolean seen =
                !sgd.figures().moments().isEmpty() && !adam.figures().moments().isEmpty();
        return observed(
                MatchedLoss.difference(sgd.figures(), adam.figures()).orElse(null),
                seen
                        ? "no two checkpoints with training losses within 25 % of each other"
                        : "no checkpoint of which both the training loss and mean ρ are known");
    }
}
