package io.thetascope.jobqueue;

import io.thetascope.artifacts.FailedAttempt;
import io.thetascope.contracts.identity.Attempt;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** A handler that does what a test says and remembers what it was asked. */
final class ScriptedHandler implements JobHandler<String> {
    final List<Attempt> attempts = new CopyOnWriteArrayList<>();
    final List<String> begun = new CopyOnWriteArrayList<>();
    final List<String> done = new CopyOnWriteArrayList<>();
    final List<String> givenUp = new CopyOnWriteArrayList<>();
    final AtomicLong progress = new AtomicLong();
    private final Script script;

    /** What happens in a job. */
    interface Script {
        JobEnding play(String job, Lease lease) throws Exception;
    }

    ScriptedHandler(Script script) {
        this.script = script;
    }

    @Override
    public JobEnding run(String job, Attempt attempt, Lease lease) throws Exception {
        begun.add(job);
        attempts.add(attempt);
        JobEnding ending = script.play(job, lease);
        if (ending instanceof JobEnding.Done) {
            done.add(job);
        }
        return ending;
    }

    @Override
    public long progress(String job) {
        return progress.get();
    }

    @Override
    public void gaveUp(String job, FailedAttempt last, int failures) {
        givenUp.add(job + " after " + failures + ": " + last.error());
    }
}
