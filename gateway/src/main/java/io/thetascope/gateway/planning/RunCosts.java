package io.thetascope.gateway.planning;

import io.thetascope.contracts.run.InputShape;
import io.thetascope.contracts.run.RunSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What runs take; every network is described once for every input. */
final class RunCosts {
    private final Map<Subject, RunCost> known = new HashMap<>();

    /** A network at an input. */
    record Subject(String network, InputShape input) {
        static Subject of(RunSpec run) {
            return new Subject(run.network(), run.input());
        }

        @Override
        public String toString() {
            return network + " at " + input;
        }
    }

    RunCost of(Subject subject) {
        return known.computeIfAbsent(subject, s -> RunCost.of(s.network(), s.input()));
    }

    long parameters(List<RunSpec> runs) {
        return runs.stream().mapToLong(run -> of(Subject.of(run)).parameters()).sum();
    }

    long storedBytes(List<RunSpec> runs) {
        return runs.stream()
                .mapToLong(run -> of(Subject.of(run)).storedBytes(run))
                .sum();
    }
}
