package io.thetascope.gateway.request;

import java.util.List;
import java.util.stream.Collectors;

/** What was asked for is wrong; asking again without a change will not help. */
public final class RefusedRequestException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    /** Refuses for these reasons. */
    public RefusedRequestException(List<Problem> problems) {
        super(problems.stream().map(p -> p.field() + ": " + p.remedy()).collect(Collectors.joining("; ")));
        this.problems = List.copyOf(problems);
    }

    /** Refuses for one reason. */
    public static RefusedRequestException of(Problem problem) {
        return new RefusedRequestException(List.of(problem));
    }

    /** Returns everything that is wrong. */
    public List<Problem> problems() {
        return problems;
    }
}
