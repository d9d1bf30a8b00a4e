package io.thetascope.measures.factors;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What share of the variance of a measure each factor of a design has (MEASURES §9): type II sums of squares of the factors and of
 * their pairs. Runs of one cell, which differ by their seed alone, are the replication.
 */
public final class Factors {
    /** Fewer runs in a cell say nothing about what a seed does. */
    public static final int FEWEST_SEEDS = 3;

    private static final double ROUNDING = 1e-14; // of values, relative to the largest

    private final List<String> names;
    private final List<Observation> observations;
    private final List<String> omitted = new ArrayList<>();

    private Factors(List<String> names, List<Observation> observations) {
        this.names = names;
        this.observations = observations;
    }

    /**
     * Analyses a measure within one data set.
     *
     * @param names of the factors
     * @param observations with a level of every factor; factors of one level are left out
     */
    public static FactorAnalysis analyse(List<String> names, List<Observation> observations) {
        for (Observation observation : observations) {
            if (observation.levels().size() != names.size()) {
                throw new IllegalArgumentException(
                        "a run has one level of each of " + names + ": " + observation.levels());
            }
        }
        return new Factors(names, observations).analyse();
    }

    private FactorAnalysis analyse() {
        List<Term> main = mainEffects();
        if (main.isEmpty()) {
            return refused("no factor varies: a study with two levels of one of " + names + " is needed");
        }
        String cells = cellsBelowGate();
        if (cells != null) {
            return refused(
                    "the accuracy gate is not met by " + cells
                            + ": what runs do that did not learn is not due to their factors; train them longer or leave them out");
        }
        List<Term> terms = terms(main);
        LinearModel full = LinearModel.fit(observations, terms);
        String reason = whyNot(full);
        return reason == null ? analysed(terms, full) : refused(reason);
    }

    private List<Term> mainEffects() {
        List<Term> terms = new ArrayList<>();
        for (int factor = 0; factor < names.size(); factor++) {
            if (Levels.of(observations, factor).size() > 1) {
                terms.add(new Term(List.of(factor)));
            }
        }
        return terms;
    }

    private List<Term> terms(List<Term> main) {
        List<Term> terms = new ArrayList<>(main);
        for (int second = 1; second < main.size(); second++) {
            for (int first = 0; first < second; first++) {
                Term pair =
                        new Term(Stream.concat(main.get(first).factors().stream(), main.get(second).factors().stream())
                                .toList());
                if (pair.isComplete(observations)) {
                    terms.add(pair);
                } else {
                    omitted.add(pair.name(names) + ": not every combination of their levels was trained");
                }
            }
        }
        return terms;
    }

    private @Nullable String cellsBelowGate() {
        String cells = observations.stream()
                .filter(observation -> !observation.gateMet())
                .map(Observation::cell)
                .distinct()
                .collect(Collectors.joining("; "));
        return cells.isEmpty() ? null : cells;
    }

    private @Nullable String whyNot(LinearModel full) {
        int n = observations.size();
        if (n <= full.rank()) {
            return "no residual degrees of freedom: " + n + " runs for " + full.rank() + " means; train at least "
                    + FEWEST_SEEDS + " seeds of every cell";
        }
        Map<String, Integer> cells = new LinkedHashMap<>();
        observations.forEach(observation -> cells.merge(observation.cell(), 1, Integer::sum));
        String few = cells.entrySet().stream()
                .filter(cell -> cell.getValue() < FEWEST_SEEDS)
                .map(cell -> cell.getKey() + " has " + cell.getValue())
                .collect(Collectors.joining("; "));
        if (!few.isEmpty()) {
            return "fewer than " + FEWEST_SEEDS + " seeds in a cell: " + few + "; train more";
        }
        if (!full.isOfFullRank()) {
            return "the factors cannot be told apart: some go together in all runs; train the missing combinations";
        }
        double largest = observations.stream()
                .mapToDouble(o -> Math.abs(o.value()))
                .max()
                .orElseThrow();
        if (full.residualSumOfSquares() <= n * Math.pow(ROUNDING * largest, 2)) {
            return "it does not vary with the seed, so there is nothing to hold an effect against";
        }
        return null;
    }

    private FactorAnalysis analysed(List<Term> terms, LinearModel full) {
        int n = observations.size();
        double total = LinearModel.fit(observations, List.of()).residualSumOfSquares();
        Residual residual = Residual.of(n - full.rank(), full.residualSumOfSquares(), total, n);
        List<Effect> effects = new ArrayList<>();
        for (Term term : terms) {
            List<Term> without =
                    terms.stream().filter(other -> !other.contains(term)).toList();
            LinearModel reduced = LinearModel.fit(observations, without);
            LinearModel added = LinearModel.fit(
                    observations,
                    Stream.concat(without.stream(), Stream.of(term)).toList());
            double explained = Math.max(0, reduced.residualSumOfSquares() - added.residualSumOfSquares());
            effects.add(Effect.of(term.name(names), added.rank() - reduced.rank(), explained, residual, total, n));
        }
        return new FactorAnalysis.Analysed(n, effects, residual, omitted);
    }

    private FactorAnalysis refused(String reason) {
        return new FactorAnalysis.Refused(observations.size(), reason);
    }
}
