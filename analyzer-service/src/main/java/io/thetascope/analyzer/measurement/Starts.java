package io.thetascope.analyzer.measurement;

import io.thetascope.analyzer.records.RunRecords;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.run.RunSpec;

/** Whether runs descend from one start, so that unit i of the one has to do with unit i of the other. */
final class Starts {
    private final RunRecords runs;

    Starts(RunRecords runs) {
        this.runs = runs;
    }

    /** Whether the runs of generation 0 from which two runs descend began with the same parameters. */
    boolean same(RunId left, RunId right) {
        RunSpec one = ancestor(left);
        RunSpec other = ancestor(right);
        return one.network().equals(other.network())
                && one.input().equals(other.input())
                && one.initialization().equals(other.initialization())
                && one.seeds().init() == other.seeds().init();
    }

    private RunSpec ancestor(RunId run) {
        RunSpec spec = runs.spec(run);
        return spec.origin() == null ? spec : ancestor(spec.origin().parent());
    }
}
