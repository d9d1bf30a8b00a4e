package io.thetascope.gateway.verdict;

import java.util.Collection;
import java.util.List;

/** Whether runs are worth discussing. */
public enum Worth {
    /** They reach the gate. */
    MET,
    /** They have not ended. */
    OPEN,
    /** One failed, was cancelled or skipped: there is no model. */
    ENDED,
    /** One diverged, or ended below the gate. */
    MISSED;

    /** Returns what several runs are worth together: no more than the least of them. */
    static Worth least(Collection<Worth> all) {
        return all.stream().max(Enum::compareTo).orElse(OPEN);
    }

    static Worth least(Worth one, Worth other) {
        return least(List.of(one, other));
    }
}
