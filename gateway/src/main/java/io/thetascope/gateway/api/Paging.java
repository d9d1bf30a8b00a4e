package io.thetascope.gateway.api;

import io.thetascope.gateway.request.Problem;
import io.thetascope.gateway.request.RefusedRequestException;
import org.jspecify.annotations.Nullable;

/** Reads the numbers in a query. */
final class Paging {
    private static final int MOST = 1_000;

    private Paging() {}

    static int size(@Nullable String limit) {
        return Math.toIntExact(number("limit", limit, MOST, 1, MOST));
    }

    static long number(String name, @Nullable String text, long otherwise, long least, long most) {
        if (text == null || text.isEmpty()) {
            return otherwise;
        }
        String remedy = "a whole number from " + least + " to " + most;
        try {
            long value = Long.parseLong(text);
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw RefusedRequestException.of(new Problem(name, text, remedy));
        }
        throw RefusedRequestException.of(new Problem(name, text, remedy));
    }
}
