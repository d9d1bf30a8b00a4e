package io.thetascope.launcher.system;

import java.util.List;

/** Nothing was started, because something is missing. */
public final class RefusedStartException extends Exception {
    private static final long serialVersionUID = 1;

    private final List<String> reasons;

    /** Makes one from a sentence a reason, each with its remedy. */
    public RefusedStartException(List<String> reasons) {
        super(String.join("; ", reasons));
        this.reasons = List.copyOf(reasons);
    }

    /** Returns a sentence for each reason. */
    public List<String> reasons() {
        return reasons;
    }
}
