package io.thetascope.launcher.gateway;

import java.util.List;

/** What came of asking for a study. */
public sealed interface Submission permits Submission.Accepted, Submission.Refused {
    /**
     * The study is running, or has already run.
     *
     * @param studyId its id
     * @param isNew whether it was not known before
     */
    record Accepted(String studyId, boolean isNew) implements Submission {}

    /**
     * Nothing was stored and nothing queued.
     *
     * @param problems at least one
     */
    record Refused(List<RequestProblem> problems) implements Submission {
        public Refused {
            problems = List.copyOf(problems);
            if (problems.isEmpty()) {
                throw new IllegalArgumentException("a refusal has a reason");
            }
        }
    }
}
