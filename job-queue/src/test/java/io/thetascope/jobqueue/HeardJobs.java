package io.thetascope.jobqueue;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what a worker told. */
final class HeardJobs implements JobListener {
    final List<String> what = new CopyOnWriteArrayList<>();

    @Override
    public void begun() {
        what.add("begun");
    }

    @Override
    public void ended(JobEnding ending) {
        what.add(ending.getClass().getSimpleName());
    }

    @Override
    public void left() {
        what.add("left");
    }

    @Override
    public void renewed(boolean confirmed) {
        what.add(confirmed ? "renewed" : "not renewed");
    }

    @Override
    public void lockLost() {
        what.add("lock lost");
    }

    @Override
    public void deadLettered() {
        what.add("dead letter");
    }
}
