package io.thetascope.measures.factors;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A main effect or an interaction.
 *
 * @param factors their indices, ascending; one or two
 */
record Term(List<Integer> factors) {
    Term {
        factors = List.copyOf(factors);
    }

    String name(List<String> names) {
        return factors.stream().map(names::get).collect(Collectors.joining(" × "));
    }

    /** Whether this term holds all factors of the other: type II leaves it out when it tests the other. */
    boolean contains(Term other) {
        return factors.containsAll(other.factors);
    }

    /** Whether every combination of the levels of its factors was observed. */
    boolean isComplete(List<Observation> observations) {
        int combinations = 1;
        for (int factor : factors) {
            combinations *= Levels.of(observations, factor).size();
        }
        Set<List<String>> seen = new HashSet<>();
        for (Observation observation : observations) {
            seen.add(factors.stream().map(f -> observation.levels().get(f)).toList());
        }
        return seen.size() == combinations;
    }
}
