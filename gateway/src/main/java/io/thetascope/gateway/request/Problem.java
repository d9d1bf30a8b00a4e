package io.thetascope.gateway.request;

import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with a request, and what to do about it.
 *
 * @param field where, such as {@code train.batch} or {@code seeds[2]}; empty for the whole
 * @param value what was written there, shortened; absent when nothing was
 * @param remedy what would be right
 */
public record Problem(String field, @Nullable Object value, String remedy) {
    private static final int LONGEST_VALUE = 120;

    public Problem {
        if (value != null && value.toString().length() > LONGEST_VALUE) {
            value = value.toString().substring(0, LONGEST_VALUE) + "…";
        }
    }
}
