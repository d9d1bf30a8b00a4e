package io.thetascope.gateway.request;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong, so that a user hears all of it at once. */
public final class Problems {
    private static final int MOST = 100;

    private final List<Problem> found = new ArrayList<>();

    /** Notes one; after a hundred the rest is left out. */
    public void add(String field, @Nullable Object value, String remedy) {
        if (found.size() < MOST) {
            found.add(new Problem(field, value, remedy));
        }
    }

    /** Whether nothing is wrong so far. */
    public boolean none() {
        return found.isEmpty();
    }

    /** Returns what was noted. */
    public List<Problem> list() {
        return List.copyOf(found);
    }

    /**
     * Goes on only when nothing is wrong.
     *
     * @throws RefusedRequestException with all problems
     */
    public void refuseIfAny() {
        if (!none()) {
            throw new RefusedRequestException(found);
        }
    }
}
